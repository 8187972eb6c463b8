using System.Diagnostics;

namespace Throughline.Kafka.Internal;

/// <summary>The attributes of one measurement; on the stack up to eight, so a measurement costs no object.</summary>
internal static class MetricTags
{
    internal static TagList Of(Operation operation, ClientIdentity client, string? topic, int? partition, string? errorType)
    {
        var tags = new TagList
        {
            { AttributeNames.OperationName, operation.Name },
            { AttributeNames.System, "kafka" },
        };
        AddIfKnown(ref tags, AttributeNames.DestinationName, topic);
        AddIfKnown(ref tags, AttributeNames.PartitionId, partition is { } number ? PartitionText.Of(number) : null);
        AddIfKnown(ref tags, AttributeNames.ConsumerGroup, client.Group);
        AddIfKnown(ref tags, AttributeNames.ServerAddress, client.Address);
        AddIfKnown(ref tags, AttributeNames.ServerPort, client.PortValue);
        AddIfKnown(ref tags, AttributeNames.ErrorType, errorType);
        return tags;
    }

    private static void AddIfKnown(ref TagList tags, string name, object? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }
}

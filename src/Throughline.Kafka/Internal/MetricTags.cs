using System.Diagnostics;

namespace Throughline.Kafka.Internal;

/// <summary>The attributes of one measurement; on the stack up to eight, so a measurement costs no object.</summary>
internal static class MetricTags
{
    internal static TagList Of(Operation operation, ClientIdentity client, string? topic, int? partition, string? errorType)
    {
        var tags = new TagList { { AttributeNames.OperationName, operation.Name } };
        AddPlace(ref tags, client, topic, partition);
        AddIfKnown(ref tags, AttributeNames.ErrorType, errorType);
        return tags;
    }

    /// <summary>A partition's, as its group sees it. None is a client's own: a partition that moves keeps its time series.</summary>
    internal static TagList OfLag(ClientIdentity client, string? topic, int partition)
    {
        var tags = new TagList();
        AddPlace(ref tags, client, topic, partition >= 0 ? partition : null);
        return tags;
    }

    private static void AddPlace(ref TagList tags, ClientIdentity client, string? topic, int? partition)
    {
        tags.Add(AttributeNames.System, "kafka");
        AddIfKnown(ref tags, AttributeNames.DestinationName, topic);
        AddIfKnown(ref tags, AttributeNames.PartitionId, partition is { } number ? PartitionText.Of(number) : null);
        AddIfKnown(ref tags, AttributeNames.ConsumerGroup, client.Group);
        AddIfKnown(ref tags, AttributeNames.ServerAddress, client.Address);
        AddIfKnown(ref tags, AttributeNames.ServerPort, client.PortValue);
    }

    private static void AddIfKnown(ref TagList tags, string name, object? value)
    {
        if (value is not null)
        {
            tags.Add(name, value);
        }
    }
}

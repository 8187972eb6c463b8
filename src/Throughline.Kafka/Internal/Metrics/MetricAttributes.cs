namespace Throughline.Kafka.Internal.Metrics;

/// <summary>Which attributes the measurements of one kind carry, for the table of metrics.</summary>
internal static class MetricAttributes
{
    /// <summary>A producer's: it has no group.</summary>
    internal static readonly string[] OfSend =
    [
        AttributeNames.OperationName, AttributeNames.System, AttributeNames.DestinationName, AttributeNames.PartitionId,
        AttributeNames.ServerAddress, AttributeNames.ServerPort, AttributeNames.ErrorType,
    ];

    internal static readonly string[] OfConsumer = [.. OfSend, AttributeNames.ConsumerGroup];

    /// <summary>The only one of the conventions' metrics that tells the operation's type.</summary>
    internal static readonly string[] OfOperation = [.. OfConsumer, AttributeNames.OperationType];

    internal static readonly string[] OfRetry = [.. OfConsumer.Where(name => name != AttributeNames.PartitionId)];

    internal static readonly string[] OfForward = [.. OfRetry, AttributeNames.FailureDestination];

    internal static readonly string[] OfLag =
    [
        AttributeNames.System, AttributeNames.ConsumerGroup, AttributeNames.DestinationName, AttributeNames.PartitionId,
        AttributeNames.ServerAddress, AttributeNames.ServerPort,
    ];

    internal static readonly string[] OfTimeLag = [.. OfLag, AttributeNames.RecordTimestampType];

    internal static readonly string[] OfClient =
    [
        AttributeNames.System, AttributeNames.ClientId, AttributeNames.ClientName, AttributeNames.ConsumerGroup,
        AttributeNames.ServerAddress, AttributeNames.ServerPort,
    ];

    internal static readonly string[] OfBroker = [.. OfClient, AttributeNames.BrokerId];
}

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>
/// What one client's librdkafka said of itself at one time (its STATISTICS.md names the fields). Never changed after it
/// is made: collectors read it from any thread.
/// </summary>
internal sealed record ClientStatistics
{
    internal bool IsProducer { get; init; }

    /// <summary>Records in the producer's queue or on their way, and their bytes.</summary>
    internal long QueuedMessages { get; init; }

    internal long QueuedBytes { get; init; }

    /// <summary>Whole requests and responses, as they went over the wire.</summary>
    internal long BytesOut { get; init; }

    internal long BytesIn { get; init; }

    internal long MessagesOut { get; init; }

    internal long MessagesIn { get; init; }

    /// <summary>Records with their framing, before compression.</summary>
    internal long MessageBytesOut { get; init; }

    internal long MessageBytesIn { get; init; }

    /// <summary>Over all brokers.</summary>
    internal long RequestRetries { get; init; }

    internal long RequestTimeouts { get; init; }

    /// <summary>The group's, for a consumer in one.</summary>
    internal long? Rebalances { get; init; }

    internal TimeSpan? SinceRebalance { get; init; }

    internal IReadOnlyList<BrokerStatistics> Brokers { get; init; } = [];

    /// <summary>A consumer's, those that it knows more of than that they exist.</summary>
    internal IReadOnlyList<PartitionStatistics> Partitions { get; init; } = [];
}

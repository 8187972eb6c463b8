using Confluent.Kafka;

namespace Throughline.Benchmarks.Clients;

/// <summary>The topic that every benchmark sends to and reads from, and its records.</summary>
internal static class Orders
{
    internal const string Topic = "orders";
    internal const string ClientId = "bench-1";
    internal const string Group = "notifications";
    internal const int Partition = 3;
    internal const long Offset = 1_234_567;

    internal static readonly TopicPartition Place = new(Topic, Partition);

    /// <summary>A fresh message, as every send has: 56 B, in each contender's figures.</summary>
    internal static Message<string, string> Message() => new() { Key = "order-42", Value = "{}" };

    internal static ConsumeResult<string, string> Record(Headers headers, long offset = Offset) => new()
    {
        TopicPartitionOffset = new(Topic, Partition, offset),
        Message = new()
        {
            Key = "order-42",
            Value = "{}",
            Headers = headers,
            Timestamp = new Timestamp(1_790_000_000_000, TimestampType.CreateTime),
        },
    };
}

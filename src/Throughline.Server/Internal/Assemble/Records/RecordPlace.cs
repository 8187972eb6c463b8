using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Records;

/// <summary>A record's place within whatever cluster.</summary>
internal readonly record struct RecordPlace(string Topic, int Partition, long Offset)
{
    /// <summary>The place that a span of one record names; null where it does not name it whole.</summary>
    public static RecordPlace? Of(SpanFacts span) =>
        span.Messaging is { Topic: { } topic, Partition: >= 0, Offset: >= 0 } messaging
            ? new(topic, messaging.Partition, messaging.Offset)
            : null;
}

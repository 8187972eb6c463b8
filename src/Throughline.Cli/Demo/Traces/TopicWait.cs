using System.Globalization;
using Throughline.Cli.Demo.Otlp;

namespace Throughline.Cli.Demo.Traces;

/// <summary>
/// The time a record lay in its topic: from the broker's word that it has the record to the begin of its processing.
/// That word is the record's own timestamp where the broker sets it, else the end of the send span.
/// </summary>
internal sealed record TopicWait
{
    /// <summary>The record, as <c>topic[partition]@offset</c> as far as known.</summary>
    public required string Record { get; init; }

    public required long FromUnixNano { get; init; }

    public required long UntilUnixNano { get; init; }

    public required TopicWaitKind Kind { get; init; }

    /// <summary>Never negative: what looks so is said by <see cref="Kind"/>.</summary>
    public TimeSpan Duration => Nanoseconds.ToTimeSpan(UntilUnixNano - FromUnixNano);

    /// <summary>The wait between a send span and the first span of the record's processing.</summary>
    public static TopicWait Between(TraceSpan send, TraceSpan taken)
    {
        var from = StoredAt(taken) ?? send.EndUnixNano;
        var until = taken.StartUnixNano;
        var kind = until >= from ? TopicWaitKind.Measured
            : until >= send.StartUnixNano ? TopicWaitKind.TakenBeforeAcknowledged
            : TopicWaitKind.ClockSkew;
        return new TopicWait
        {
            Record = Describe(send),
            FromUnixNano = kind == TopicWaitKind.Measured ? from : until,
            UntilUnixNano = until,
            Kind = kind,
        };
    }

    private static long? StoredAt(TraceSpan taken) =>
        taken.Text(SpanNames.RecordTimestampType) == "LogAppendTime"
            ? taken.Integer(SpanNames.RecordTimestamp) * Nanoseconds.PerMillisecond
            : null;

    private static string Describe(TraceSpan send)
    {
        var topic = send.Text(SpanNames.Destination) ?? "topic";
        var partition = send.Text(SpanNames.Partition);
        var offset = send.Integer(SpanNames.Offset)?.ToString(CultureInfo.InvariantCulture);
        return partition is null || offset is null ? topic : $"{topic}[{partition}]@{offset}";
    }
}

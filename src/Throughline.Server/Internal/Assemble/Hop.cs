using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble;

/// <summary>
/// One record's way from a producer to one consumer group. Told once, when both of its ends are known; a record that is
/// processed again has another hop, with the next <see cref="Delivery"/>.
/// </summary>
internal sealed class Hop
{
    /// <summary>Null where the producer is not instrumented but the record carried its own timestamp.</summary>
    public required SpanFacts? Send { get; init; }

    public required SpanFacts Process { get; init; }

    public required HopEvidence Evidence { get; init; }

    public required string Topic { get; init; }

    /// <summary>-1 where neither end says.</summary>
    public int Partition { get; init; } = -1;

    /// <summary>-1 where neither end says.</summary>
    public long Offset { get; init; } = -1;

    /// <summary>The group, else the consuming service's name in parentheses: some instrumentations do not tell groups.</summary>
    public required string Group { get; init; }

    /// <summary>1 for the first time that this group is seen to process the record.</summary>
    public int Delivery { get; init; } = 1;

    /// <summary>Services and topics that led here, from the origin on: <c>order-service → orders → billing</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Start of the journey's first span that is known on this path, Unix nanoseconds.</summary>
    public long OriginUnixNs { get; init; }

    public required HopTiming Timing { get; init; }
}

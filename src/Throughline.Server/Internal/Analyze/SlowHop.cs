using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>A hop that took longer, from its journey's beginning to the end of its processing, than others of its group and minute.</summary>
/// <param name="Span">Where it was processed.</param>
/// <param name="Cluster">As answers show it.</param>
/// <param name="Topic">The record's topic.</param>
/// <param name="Group">Who processed it.</param>
/// <param name="Service">Whose span it is.</param>
/// <param name="Partition">Or -1.</param>
/// <param name="Offset">Or -1.</param>
/// <param name="TimeUnixNs">When its processing began.</param>
/// <param name="EndToEnd">Nanoseconds from the start of the journey's first span that is known to the processing's end.</param>
/// <param name="Lag">Nanoseconds that it waited, as <see cref="HopTiming.Lag"/> has them.</param>
/// <param name="Processing">Nanoseconds.</param>
internal sealed record SlowHop(
    SpanKey Span,
    string Cluster,
    string Topic,
    string Group,
    string Service,
    int Partition,
    long Offset,
    long TimeUnixNs,
    long EndToEnd,
    long? Lag,
    long Processing);

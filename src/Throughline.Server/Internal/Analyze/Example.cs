using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>One record, or one span, that was counted: so that a number can be opened.</summary>
/// <param name="Span">Null where only brokers tell of it.</param>
/// <param name="TimeUnixNs">When.</param>
/// <param name="Service">Whose span it is, or empty.</param>
/// <param name="Partition">Or -1.</param>
/// <param name="Offset">The first of them, or -1.</param>
/// <param name="Records">How many records, or offsets, it tells of.</param>
/// <param name="Why">What was seen, in a few words; null where the number's name says it.</param>
internal sealed record Example(
    SpanKey? Span, long TimeUnixNs, string Service, int Partition, long Offset, long Records = 1, string? Why = null);

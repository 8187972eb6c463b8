using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>What is known of a sealed segment without opening its files.</summary>
/// <param name="Rows">Spans and log records.</param>
/// <param name="Spans">Spans.</param>
/// <param name="Times">Of the spans' starts; none where there are only log records.</param>
/// <param name="SpansLength">Bytes of the file of spans.</param>
/// <param name="LastArrivalUnixMs">When the last row arrived.</param>
internal sealed record SegmentFacts(int Rows, long Spans, TimeSpread Times, long SpansLength, long LastArrivalUnixMs)
{
    public long Logs => Rows - Spans;

    public ColumnSpread Durations { get; init; }

    public ColumnSpread Lags { get; init; }
}

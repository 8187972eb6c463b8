namespace Throughline.Server.Internal.Analyze;

/// <summary>One series of one process' metric.</summary>
/// <param name="Stream">Of which process, and which metric.</param>
/// <param name="Series">Of which attributes; 0 for the stream as a whole.</param>
/// <param name="StartUnixNs">
/// Since when it counts. It is part of the key: processes that nothing tells apart do not reset each other, and one that
/// starts anew is a new series.
/// </param>
internal readonly record struct MetricSeriesKey(long Stream, long Series, long StartUnixNs);

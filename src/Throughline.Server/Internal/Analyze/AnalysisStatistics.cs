namespace Throughline.Server.Internal.Analyze;

/// <summary>How full the analyses' bounds are, and what was beyond them since the start.</summary>
/// <param name="Series">Rollup series.</param>
/// <param name="SeriesMax">The most there may be.</param>
/// <param name="CountedUnderOther">Values for which there was no series any more.</param>
/// <param name="TooOld">Values that were older than the oldest rollup.</param>
/// <param name="MetricSeries">Cumulative series whose last value is known.</param>
/// <param name="MetricPointsRefused">Points of series for which there was no room.</param>
internal sealed record AnalysisStatistics(
    int Series, int SeriesMax, long CountedUnderOther, long TooOld, int MetricSeries, long MetricPointsRefused);

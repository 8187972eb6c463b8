using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>How long something took, nanoseconds. Percentiles are within one hundredth of a time that was there.</summary>
/// <param name="Count">How often; weighted.</param>
/// <param name="Mean">Exact, as are the extremes.</param>
internal sealed record Distribution(
    double Count, double Mean, double Min, double P50, double P90, double P95, double P99, double Max)
{
    /// <summary>Null for no values.</summary>
    public static Distribution? Of(RollupValue? value) => value is { Count: > 0, Sketch: not null }
        ? new(
            value.Count,
            value.Mean,
            value.Min,
            value.Quantile(0.5),
            value.Quantile(0.9),
            value.Quantile(0.95),
            value.Quantile(0.99),
            value.Max)
        : null;
}

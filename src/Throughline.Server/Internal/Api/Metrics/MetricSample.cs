namespace Throughline.Server.Internal.Api.Metrics;

/// <summary>A value of a metric.</summary>
/// <param name="Value">It.</param>
/// <param name="Labels">Values of the row's labels, in their order.</param>
internal readonly record struct MetricSample(double Value, params string[] Labels);

namespace Throughline.Server.Internal.Analyze;

/// <summary>What a cumulative series had counted when it was last told.</summary>
internal readonly record struct MetricSeriesValue(double Value, long Count, long TimeUnixNs);

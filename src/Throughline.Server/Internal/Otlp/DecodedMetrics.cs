using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>An ExportMetricsServiceRequest, read.</summary>
/// <param name="Points">Those of metrics that the analyses read.</param>
/// <param name="Unread">Points of other metrics: accepted, counted, and not kept.</param>
internal sealed record DecodedMetrics(IReadOnlyList<MetricPoint> Points, long Unread);

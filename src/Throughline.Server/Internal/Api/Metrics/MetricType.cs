namespace Throughline.Server.Internal.Api.Metrics;

/// <summary>Prometheus' types.</summary>
internal enum MetricType
{
    Counter = 0,
    Gauge,
    Histogram,
}

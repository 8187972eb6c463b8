namespace Throughline.Server.Internal.Api.Metrics;

/// <summary>A metric: what <c>/metrics</c> shows and <c>docs/server-metrics.md</c> explains.</summary>
/// <param name="Name">With its unit, and <c>_total</c> where it only grows.</param>
/// <param name="Type">Prometheus'.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Labels">Names of its labels.</param>
/// <param name="Samples">Its values now.</param>
internal sealed record MetricRow(
    string Name, MetricType Type, string Help, IReadOnlyList<string> Labels, Func<MetricSnapshot, IEnumerable<MetricSample>> Samples);

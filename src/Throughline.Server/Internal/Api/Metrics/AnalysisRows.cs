using System.Globalization;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Api.Views;

namespace Throughline.Server.Internal.Api.Metrics;

/// <summary>
/// What the analyses found, as bounded series: of the last <see cref="MetricSnapshot.Window"/>, the
/// <see cref="MetricSnapshot.RowsMax"/> largest of each.
/// </summary>
internal static class AnalysisRows
{
    private const double NsPerSecond = 1e9;
    private static readonly string[] Hop = ["cluster", "topic", "group", "percentile"];

    public static IReadOnlyList<MetricRow> All { get; } =
    [
        new("throughline_recent_lag_seconds", MetricType.Gauge, "From records' timestamps to where processing begins, last 5 minutes.", Hop,
            s => Quantiles(s, r => r.Lag)),
        new("throughline_recent_end_to_end_seconds", MetricType.Gauge, "From journeys' origins to where processing ends, last 5 minutes.", Hop,
            s => Quantiles(s, r => r.EndToEnd)),
        new("throughline_recent_processing_seconds", MetricType.Gauge, "Processing, last 5 minutes.", Hop, s => Quantiles(s, r => r.Processing)),
        new("throughline_lag_records", MetricType.Gauge, "Records between what a group has committed and the end, as brokers told last.",
            ["cluster", "topic", "group", "partition"], LagRecords),
        new("throughline_recent_errors", MetricType.Gauge, "What failed, last 5 minutes; weighted by sampling.",
            ["service", "topic", "group", "error_type"],
            s => s.Errors.Rows.Select(r => new MetricSample(r.Count, r.Service, r.Topic, r.Group, r.ErrorType))),
        new("throughline_recent_orphans", MetricType.Gauge, "Orphans, last 5 minutes; weighted by sampling.", ["cause", "service", "topic"],
            s => s.Orphans.Rows.Select(r => new MetricSample(r.Count, MessagingView.Camel(r.Cause), r.Service, r.Topic))),
        new("throughline_recent_skew", MetricType.Gauge, "Partitions and keys that stand out, last 5 minutes: how much above what is typical.",
            ["cluster", "topic", "group", "signal", "partition"],
            s => s.Skew.Rows.Where(r => r.Key is null).Select(r => new MetricSample(
                r.Ratio, r.Cluster, r.Topic, r.Group, MessagingView.Camel(r.Signal), Text(r.Partition)))),
        new("throughline_recent_ledger_records", MetricType.Gauge, "What became of records, last 5 minutes; unknown figures are left out.",
            ["cluster", "topic", "group", "cell", "verdict"], Ledger),
        new("throughline_recent_left_out", MetricType.Gauge, "1 where there were more rows than become series.", ["analysis"],
            s =>
            [
                LeftOut(s.Latency.IsCutShort, "latency"), LeftOut(s.Lag.IsCutShort, "lag"), LeftOut(s.Errors.IsCutShort, "errors"),
                LeftOut(s.Orphans.IsCutShort, "orphans"), LeftOut(s.Skew.IsCutShort, "skew"), LeftOut(s.Ledger.IsCutShort, "ledger"),
            ]),
    ];

    private static IEnumerable<MetricSample> Quantiles(MetricSnapshot snapshot, Func<LatencyRow, Distribution?> part)
    {
        foreach (var row in snapshot.Latency.Rows)
        {
            if (part(row) is { } told)
            {
                yield return Sample(row, "50", told.P50);
                yield return Sample(row, "95", told.P95);
                yield return Sample(row, "99", told.P99);
            }
        }
    }

    private static MetricSample Sample(LatencyRow row, string percentile, double nanoseconds) =>
        new(nanoseconds / NsPerSecond, row.Cluster ?? "", row.Topic ?? "", row.Group ?? "", percentile);

    /// <summary>The latest point of each partition.</summary>
    private static IEnumerable<MetricSample> LagRecords(MetricSnapshot snapshot) => snapshot.Lag.Rows
        .Where(r => r.Committed is not null)
        .GroupBy(r => (r.Cluster, r.Topic, r.Group, r.Partition))
        .Select(g => new MetricSample(g.MaxBy(r => r.Time)!.Committed!.Mean, g.Key.Cluster, g.Key.Topic, g.Key.Group, Text(g.Key.Partition)));

    private static IEnumerable<MetricSample> Ledger(MetricSnapshot snapshot) =>
        from row in snapshot.Ledger.Rows
        from figure in row.Figures
        let value = figure.Value
        where value.HasValue
        select new MetricSample(
            value.GetValueOrDefault(), row.Cluster, row.Topic, row.Group ?? "", MessagingView.Camel(figure.Cell), MessagingView.Camel(figure.Verdict));

    private static MetricSample LeftOut(bool isCutShort, string analysis) => new(isCutShort ? 1 : 0, analysis);

    private static string Text(int partition) => partition < 0 ? "" : partition.ToString(CultureInfo.InvariantCulture);
}

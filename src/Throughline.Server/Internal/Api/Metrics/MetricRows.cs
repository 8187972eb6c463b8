using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Receive;

namespace Throughline.Server.Internal.Api.Metrics;

/// <summary>The one table of the server's metrics. Those that analyses make are <see cref="AnalysisRows"/>.</summary>
internal static class MetricRows
{
    private const double NsPerSecond = 1e9;

    public static IReadOnlyList<MetricRow> All { get; } =
    [
        .. Receiving(), .. Processing(), .. Assembling(), .. Keeping(), .. Answering(), .. AnalysisRows.All,
    ];

    private static IEnumerable<MetricRow> Receiving() =>
    [
        new("throughline_receive_requests_total", MetricType.Counter, "Requests of senders, by what became of them.", ["result"],
            s => Enum.GetValues<ReceiveResult>().Select(r => new MetricSample(s.Sources.Receive[r], MessagingView.Camel(r)))),
        Counter("throughline_receive_bytes_total", "Bytes of accepted requests, after decompression.", s => s.Sources.Receive.Bytes),
        Counter("throughline_spans_received_total", "Spans acknowledged.", s => s.Sources.Pipeline.Spans),
        Counter("throughline_logs_received_total", "Log records of traces acknowledged.", s => s.Sources.Pipeline.Logs),
        Counter("throughline_metric_points_received_total", "Metric points acknowledged that something reads.", s => s.Sources.Pipeline.Points),
        Counter("throughline_items_unread_total", "Items acknowledged that nothing reads.", s => s.Sources.Pipeline.Unread),
        Counter("throughline_items_rejected_total", "Items refused within acknowledged requests: without a usable identity.", s => s.Sources.Pipeline.Rejected),
        new("throughline_requests_refused_total", MetricType.Counter, "Requests that were not acknowledged: full may be sent again, malformed not.", ["reason"],
            s => [new(s.Sources.Pipeline.RefusedFull, "full"), new(s.Sources.Pipeline.RefusedMalformed, "malformed")]),
    ];

    private static IEnumerable<MetricRow> Processing() =>
    [
        Gauge("throughline_ingest_log_bytes", "Bytes of the ingest log.", s => s.Sources.LogBytes()),
        Gauge("throughline_ingest_log_bytes_max", "Bytes that it may have: over them requests are refused.", s => s.Sources.LogBytesMax),
        Gauge("throughline_backlog_bytes", "Bytes of acknowledged requests that wait in memory.", s => s.Sources.Backlog.Bytes),
        Gauge("throughline_backlog_bytes_max", "Bytes that may wait: over them requests are refused.", s => s.Sources.Backlog.Max),
        Counter("throughline_spans_kept_total", "Spans handed to the store.", s => s.Sources.Pipeline.Kept),
        Counter("throughline_items_lost_total", "Acknowledged items that a damaged disk has lost.", s => s.Sources.Pipeline.Lost),
        Counter("throughline_checkpoints_total", "Checkpoints written.", s => s.Sources.Pipeline.Checkpoints),
        Gauge("throughline_recovering", "1 while what was logged before a restart is being read.", s => s.Sources.Health.IsRecovering ? 1 : 0),
        new("throughline_problem", MetricType.Gauge, "1 while there is such a problem; /readyz and the log say which.", ["kind"],
            s =>
            [
                Problem(s.Sources.Health.Fault, "fault"), Problem(s.Sources.Health.StoreFull, "store_full"),
                Problem(s.Sources.Health.Damage, "damage"), Problem(s.Sources.Health.CheckpointFailed, "checkpoint_failed"),
            ]),
    ];

    private static IEnumerable<MetricRow> Assembling() =>
    [
        Gauge("throughline_unsettled_traces", "Traces that are not settled.", s => s.Assembly.LiveTraces),
        Gauge("throughline_unsettled_spans", "Their spans.", s => s.Assembly.LiveSpans),
        Counter("throughline_traces_settled_total", "Traces that were settled.", s => s.Assembly.TracesSettled),
        Counter("throughline_traces_settled_early_total", "Of these, before their time, because of --live-spans-max.", s => s.Assembly.TracesSettledEarly),
        Counter("throughline_spans_settled_total", "Spans that were settled.", s => s.Assembly.SpansSettled),
        Counter("throughline_spans_duplicate_total", "Spans that came twice, and count once.", s => s.Assembly.Duplicates),
        new("throughline_hops_total", MetricType.Counter, "Hops, by what paired them.", ["evidence"],
            s => [new(s.Assembly.HopsByLink, "link"), new(s.Assembly.HopsByParent, "parent"), new(s.Assembly.HopsByIdentity, "identity")]),
        Counter("throughline_hops_ambiguous_total", "Processings that several sends fit, or none: never guessed.", s => s.Assembly.Ambiguous),
        Counter("throughline_orphans_total", "Spans that miss a parent or a creation context.", s => s.Assembly.Orphans),
    ];

    private static IEnumerable<MetricRow> Keeping() =>
    [
        Gauge("throughline_store_spans", "Stored spans.", s => s.Store.Spans),
        Gauge("throughline_store_bytes", "Bytes of the store on disk.", s => s.Store.Bytes),
        Gauge("throughline_store_segments", "Its segments.", s => s.Store.Segments),
        Counter("throughline_store_spans_dropped_total", "Spans that retention dropped.", s => s.Store.SpansDropped),
        Gauge("throughline_store_oldest_timestamp_seconds", "Start of the oldest span, Unix time; 0 for none.", s => (s.Store.OldestUnixNs ?? 0) / NsPerSecond),
        Gauge("throughline_analysis_series", "Series of figures.", s => s.Analyses.Series),
        Gauge("throughline_analysis_series_max", "Series that there may be.", s => s.Analyses.SeriesMax),
        Counter("throughline_analysis_other_total", "Values counted under 'other', because there may be no more series.", s => s.Analyses.CountedUnderOther),
    ];

    private static IEnumerable<MetricRow> Answering() =>
    [
        new("throughline_query_duration_seconds", MetricType.Histogram, "How long queries took, waiting not counted.", ["le"], Durations),
        new("throughline_queries_refused_total", MetricType.Counter, "Queries refused: over the rate, no place to wait, given up.", ["reason"],
            s =>
            [
                new(s.Sources.Queries.TooMany, "rate"), new(s.Sources.Queries.TooManyAtOnce, "at_once"), new(s.Sources.Queries.TooLong, "time"),
            ]),
    ];

    /// <summary>The buckets, each with those below it; then the sum, and their number.</summary>
    private static IEnumerable<MetricSample> Durations(MetricSnapshot snapshot)
    {
        var counts = snapshot.Sources.Queries;
        long total = 0;
        var buckets = counts.Buckets;
        for (var i = 0; i < buckets.Count; i++)
        {
            total += buckets[i];
            yield return new MetricSample(total, i < QueryCounts.Bounds.Count ? MetricsText.Number(QueryCounts.Bounds[i]) : "+Inf");
        }

        yield return new MetricSample(counts.Total.TotalSeconds);
        yield return new MetricSample(total);
    }

    private static MetricSample Problem(string? problem, string kind) => new(problem is null ? 0 : 1, kind);

    private static MetricRow Counter(string name, string help, Func<MetricSnapshot, double> value) =>
        new(name, MetricType.Counter, help, [], s => [new MetricSample(value(s))]);

    private static MetricRow Gauge(string name, string help, Func<MetricSnapshot, double> value) =>
        new(name, MetricType.Gauge, help, [], s => [new MetricSample(value(s))]);
}

using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Hosting;

namespace Throughline.Dashboard.Internal.Health;

/// <summary>What the server says of itself: how full its bounds are, and what they have cost since the start.</summary>
internal sealed class ServerHealth(PageServices server)
{
    /// <summary>Each a sentence; none while all is well.</summary>
    public IReadOnlyList<(string Sentence, bool IsGrave)> Problems
    {
        get
        {
            var health = server.Metrics.Health;
            (string? Sentence, bool IsGrave)[] all =
            [
                (health.Fault, true),
                (health.LogFailed, true),
                (health.StoreFull, true),
                (health.Damage, true),
                (health.CheckpointFailed, false),
                (health.IsRecovering ? "What the ingest log has since the last checkpoint is being read: answers are not complete yet." : null, false),
                (server.Receivers() is null ? "The receivers do not listen yet." : null, false),
            ];
            return [.. all.Where(static one => one.Sentence is not null).Select(static one => (one.Sentence!, one.IsGrave))];
        }
    }

    public IReadOnlyList<Fill> Fills()
    {
        var (metrics, options, store) = (server.Metrics, server.Options, server.Api.Store.Statistics);
        var analyses = server.Api.Answers.Statistics;
        return
        [
            new("Ingest log", metrics.LogBytes(), metrics.LogBytesMax, Words.Bytes, "--ingest-log-size-max", "Requests are refused until the store has caught up; exporters send them again."),
            new("Waiting in memory", metrics.Backlog.Bytes, metrics.Backlog.Max, Words.Bytes, "--backlog-max", "Requests are refused until there are fewer; exporters send them again."),
            new("Spans of traces that are not settled", metrics.Assembly().LiveSpans, options.LiveSpansMax, Words.Count, "--live-spans-max", "The oldest traces are settled early: hops may be told without what comes later."),
            new("Store", store.Bytes, options.StoreSizeMax, Words.Bytes, "--store-size-max", "The oldest spans go first, whole files at a time.") { IsUsuallyFull = true },
            new("Series of figures", analyses.Series, analyses.SeriesMax, Words.Count, "--series-max", "New ones are counted under 'other'; what was quiet for a day makes room."),
        ];
    }

    public IReadOnlyList<Happening> Happenings()
    {
        var (pipeline, assembly) = (server.Metrics.Pipeline, server.Metrics.Assembly());
        var (store, analyses, queries) = (server.Api.Store.Statistics, server.Api.Answers.Statistics, server.Metrics.Queries);
        return
        [
            new("Spans that retention dropped", store.SpansDropped, "Older than --spans-kept, or over --store-size-max."),
            new("Requests refused for now", pipeline.RefusedFull, "The log or the memory was full. Exporters send again; what they cannot keep until then they drop.", IsGrave: true),
            new("Requests that cannot be read", pipeline.RefusedMalformed, "The answer names the field. They are not sent again.", IsGrave: true),
            new("Items refused within requests", pipeline.Rejected, "Without a usable trace or span id; the answer says how many and why.", IsGrave: true),
            new("Items lost to a damaged disk", pipeline.Lost, "They were acknowledged, and cannot be read any more.", IsGrave: true),
            new("Damaged blocks of the store", store.BlocksDamaged, "They cannot be read; all others are served.", IsGrave: true),
            new("Items that nothing here reads", pipeline.Unread, "Metrics that docs/metrics.md does not list, and log records of no trace: accepted and let go."),
            new("Traces settled early", assembly.TracesSettledEarly, "Over --live-spans-max."),
            new("Orphans decided early", assembly.DecidedEarly, "What they miss was waited for less than --orphan-after, because of a bound."),
            new("Spans that came twice", assembly.Duplicates, "An answer was lost and the exporter sent again. They count once."),
            new("Values counted under 'other'", analyses.CountedUnderOther, "Over --series-max."),
            new("Values older than all figures", analyses.TooOld, "Their spans are stored all the same."),
            new("Metric points without room", analyses.MetricPointsRefused, "Too many cumulative series at once.", IsGrave: true),
            new("Queries refused", queries.TooMany + queries.TooManyAtOnce, "Over --queries-per-second-max, or no place to wait."),
            new("Queries given up", queries.TooLong, "After twice --query-time-max."),
        ];
    }
}

using Throughline.Dashboard.Internal.Charts;
using Throughline.Dashboard.Internal.Ledger;
using Throughline.Dashboard.Internal.Shell;
using Throughline.Dashboard.Internal.Topics;
using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Overview;

/// <summary>Asks what the overview shows; all of it is rollups, however many spans there are.</summary>
internal static class OverviewReader
{
    // Topics by points: more are too many to draw, too.
    private const int RowsOverTimeMax = 30_000;

    // How far back the latest lag in records is looked for.
    private const long LatestLagNs = 600_000_000_000;

    public static Glance Read(PageRequest request)
    {
        var (answers, filter, stop) = (request.Answers, request.Filter(), request.Aborted);
        var axis = request.Axis();
        var overTime = filter with { Limit = RowsOverTimeMax };

        var flow = answers.Flow(overTime, FlowBy.Topic, axis.Point, stop);
        var slow = answers.LatencyOverTime(overTime, LatencyBy.Topic, axis.Point, stop);
        axis = axis.Since(flow.Rows.Select(static row => (long?)row.Time).Concat(slow.Rows.Select(static row => (long?)row.Time)).Min());
        var ledger = answers.Ledger(filter, stop);
        var waits = answers.Latency(filter, LatencyBy.Partition, stop);
        var judged = new OverviewAnswers(
            ledger.Rows,
            answers.Orphans(filter, stop).Rows,
            answers.Errors(filter, stop).Rows,
            waits.Rows,
            answers.Skew(filter, stop).Rows,
            answers.Slowest(filter with { Limit = 1 }, stop).Rows);
        var lags = Lags(request, axis, waits.Rows);
        var lines = new TopicLines(request.Range.Time, axis);
        return new Glance(
            axis,
            lines.Of(flow.Rows, answers.Latency(filter, LatencyBy.Topic, stop).Rows, slow.Rows, ledger.Rows, lags),
            lags,
            flow.Rows,
            lines.PerSecond(flow.Rows),
            answers.Latency(filter, LatencyBy.All, stop).Rows is [var all] ? all : null,
            answers.LatencyOverTime(filter, LatencyBy.All, axis.Point, stop).Rows,
            Lost(ledger.Rows),
            NotSeen(ledger.Rows),
            judged.Orphans.Sum(static row => row.Count),
            LookFirst.Of(judged),
            flow.IsCutShort || ledger.IsCutShort || slow.IsCutShort);
    }

    private static IReadOnlyList<GroupLag> Lags(PageRequest request, TrendAxis axis, IReadOnlyList<LatencyRow> waits)
    {
        var range = request.Range.Time;
        var latest = request.Filter() with
        {
            Range = range with { FromUnixNs = Math.Max(range.FromUnixNs, range.ToUnixNs - LatestLagNs) },
        };
        return new GroupLags(axis).Of(
            request.Answers.Lag(latest, point: null, request.Aborted).Rows,
            waits,
            request.Range.IsLive ? request.Answers.Clusters : [],
            latest.Topic);
    }

    /// <summary>Null where nobody told anything of any topic.</summary>
    private static double? Lost(IReadOnlyList<LedgerRow> ledger)
    {
        var topics = ledger.GroupBy(static row => (row.Cluster, row.Topic)).Select(static topic => LossCount.OfTopic([.. topic])).ToList();
        return topics.TrueForAll(static lost => lost is null) ? null : topics.Sum();
    }

    private static double? NotSeen(IReadOnlyList<LedgerRow> ledger)
    {
        var told = ledger.Select(static row => row[LedgerCell.NotSeen].Value).OfType<double>().ToList();
        return told.Count == 0 ? null : told.Sum();
    }
}

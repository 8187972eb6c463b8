using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Tags;
using Throughline.Server.Internal.Store;

namespace Throughline.Dashboard.Internal.Topics;

/// <summary>Asks what the page of a topic shows.</summary>
internal static class TopicReader
{
    /// <summary>Spans that attributes are looked at of.</summary>
    public const int SampleMax = 300;

    // Partitions by points.
    private const int RowsOverTimeMax = 50_000;

    private static readonly TimeSpan WorkMax = TimeSpan.FromMilliseconds(100);

    public static TopicView Read(PageRequest request, string topic, HeatMeasure measure)
    {
        var (answers, stop) = (request.Answers, request.Aborted);
        var filter = request.Filter() with { Topic = topic };
        var overTime = filter with { Limit = RowsOverTimeMax };
        var axis = request.Axis();

        var ledger = answers.Ledger(filter, stop).Rows;
        var flow = answers.Flow(filter, FlowBy.Topic, axis.Point, stop).Rows;
        var slow = answers.LatencyOverTime(filter, LatencyBy.Topic, axis.Point, stop).Rows;
        axis = axis.Since(flow.Select(static row => (long?)row.Time).Concat(slow.Select(static row => (long?)row.Time)).Min());
        var waits = answers.Latency(filter, LatencyBy.Partition, stop).Rows;
        var lags = new GroupLags(axis).Of(
            answers.Lag(overTime, axis.Point, stop).Rows, waits, request.Range.IsLive ? answers.Clusters : [], topic);
        var lines = new TopicLines(request.Range.Time, axis).Of(
            flow,
            answers.Latency(filter, LatencyBy.Topic, stop).Rows,
            slow,
            ledger,
            lags);
        return new TopicView(
            lines.FirstOrDefault(line => line.Topic == topic),
            HeatGrid.Of(
                measure,
                axis,
                measure == HeatMeasure.Wait ? answers.LatencyOverTime(overTime, LatencyBy.Partition, axis.Point, stop).Rows : [],
                measure == HeatMeasure.Wait ? [] : answers.Flow(overTime, FlowBy.Partition, axis.Point, stop).Rows),
            answers.Latency(filter, LatencyBy.Group, stop).Rows,
            lags,
            [.. answers.Skew(filter, stop).Rows.Where(SkewWords.Matters)],
            ledger,
            answers.Overhead(filter, stop).Rows is [var overhead, ..] ? overhead : null,
            answers.Orphans(filter, stop).Rows.Where(static row => row.Cause == OrphanCause.HeaderOverwritten).Sum(static row => row.Count),
            Newest(request, topic),
            [.. ledger.Select(static row => row.Cluster).Distinct(StringComparer.Ordinal)]);
    }

    private static IReadOnlyList<StoredSpan> Newest(PageRequest request, string topic) => request.Server.Api.Store.Search(
        new SearchRequest(TagConditions.Text(WellKnownField.Topic, topic), request.Range.Time, SampleMax, null, WorkMax),
        request.Aborted).Spans;
}

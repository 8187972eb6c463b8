using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Latency;

/// <summary>Asks what the screen shows.</summary>
internal sealed class LatencyReader(PageRequest request)
{
    public const int RowsMax = 100;

    private const int SlowestMax = 15;
    private const int PointsMax = 5000;

    public LatencyView Read()
    {
        var answers = request.Answers;
        var filter = request.Filter();
        var by = By();
        var point = LatencyTrend.PointOf(request.Range.Time, request.NowUnixNs);
        var all = answers.Latency(filter, LatencyBy.All, request.Aborted);
        var over = answers.LatencyOverTime(filter with { Limit = PointsMax }, LatencyBy.All, point, request.Aborted);
        var rows = answers.Latency(filter with { Limit = RowsMax }, by, request.Aborted);
        return new LatencyView(
            by,
            all.Rows.Count > 0 ? all.Rows[0] : null,
            LatencyTrend.Of(over.Range, point, over.Rows),
            Sorted(rows.Rows),
            Trends(filter, by, rows.Rows.Count),
            rows.IsCutShort,
            answers.Slowest(filter with { Limit = SlowestMax }, request.Aborted).Rows);
    }

    public LatencyBy By() => request.Word("by", "group", "partition", "path", "topic") switch
    {
        "partition" => LatencyBy.Partition,
        "path" => LatencyBy.Path,
        "topic" => LatencyBy.Topic,
        _ => LatencyBy.Group,
    };

    private IReadOnlyList<LatencyRow> Sorted(IReadOnlyList<LatencyRow> rows) => request.Word("sort", "records", "p50", "p99", "lag") switch
    {
        "p50" => [.. rows.OrderByDescending(row => row.EndToEnd?.P50 ?? -1)],
        "p99" => [.. rows.OrderByDescending(row => row.EndToEnd?.P99 ?? -1)],
        "lag" => [.. rows.OrderByDescending(row => row.Lag?.P95 ?? -1)],
        _ => rows,
    };

    private Dictionary<string, LatencyTrend> Trends(AnswerFilter filter, LatencyBy by, int rows)
    {
        // Of so many rows a point each would be more than anybody looks at.
        if (rows is 0 or >= RowsMax)
        {
            return [];
        }

        var point = LatencyTrend.PointOf(request.Range.Time, request.NowUnixNs);
        var over = request.Answers.LatencyOverTime(filter with { Limit = PointsMax }, by, point, request.Aborted);
        return over.IsCutShort
            ? []
            : over.Rows.GroupBy(row => RowName.Of(row).Text, StringComparer.Ordinal)
                .ToDictionary(row => row.Key, row => LatencyTrend.Of(over.Range, point, row), StringComparer.Ordinal);
    }
}

using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>From numbers to lines: how wide, which colour and shape, which words. The steps are the same in every picture.</summary>
internal static class EdgeWeights
{
    private const double NsPerMillisecond = 1e6;
    private const double WidthMin = 1.25;
    private const double WidthMax = 7;

    // From these on an edge is marked; the legend says so.
    private const double LagWarnNs = 1_000 * NsPerMillisecond;
    private const double LagBadNs = 30_000 * NsPerMillisecond;
    private const double TimeWarnNs = 250 * NsPerMillisecond;
    private const double TimeBadNs = 2_000 * NsPerMillisecond;
    private const double ErrorsBad = 0.05;

    /// <summary>What is shown, and what wide lines, colours and shapes mean.</summary>
    public static string Legend(MapMeasure measure) => measure switch
    {
        MapMeasure.Lag => "Lag, p95: from the record's timestamp to where processing begins. Wider is longer; ◆ from 1 s, ▲ from 30 s. Sends and calls have none.",
        MapMeasure.Latency => "Time, p95, of each send, processing and call. Wider is longer; ◆ from 250 ms, ▲ from 2 s.",
        MapMeasure.Errors => "Share of sends, processings and calls that failed. Wider is more; ◆ any, ▲ from 5 %.",
        _ => "Records, or calls, by second. Wider is more.",
    };

    /// <summary>By edge, in their order.</summary>
    public static EdgeWeight[] Of(IReadOnlyList<MapEdge> edges, MapMeasure measure)
    {
        var top = measure == MapMeasure.Rate ? edges.Select(static edge => edge.PerSecond).DefaultIfEmpty().Max() : 0;
        return
        [
            .. edges.Select(edge => measure switch
            {
                MapMeasure.Lag => Time(edge.Lag, LagWarnNs, LagBadNs),
                MapMeasure.Latency => Time(edge.Time, TimeWarnNs, TimeBadNs),
                MapMeasure.Errors => Errors(edge),
                _ => new EdgeWeight(Words.Rate(edge.PerSecond), Between(top > 0 ? Math.Sqrt(edge.PerSecond / top) : 0), ""),
            }),
        ];
    }

    /// <summary>Every edge that some measure marks, the gravest first.</summary>
    public static IEnumerable<(MapEdge Edge, MapMeasure Measure, EdgeWeight Weight)> Marked(IReadOnlyList<MapEdge> edges) =>
        from measure in (MapMeasure[])[MapMeasure.Errors, MapMeasure.Lag, MapMeasure.Latency]
        from pair in edges.Zip(Of(edges, measure))
        where pair.Second.Tone is "bad" or "warn"
        orderby pair.Second.Tone == "bad" ? 0 : 1, pair.Second.Width descending
        select (pair.First, measure, pair.Second);

    private static EdgeWeight Time(Distribution? told, double warn, double bad)
    {
        if (told is null)
        {
            return new(null, WidthMin, "none");
        }

        // A hundredth of the first step is thin, a hundred times is as wide as it gets: four decades.
        var share = Math.Log10(Math.Max(told.P95, 1) / (warn / 100)) / 4;
        return new(Words.Duration(told.P95), Between(share), told.P95 >= bad ? "bad" : told.P95 >= warn ? "warn" : "");
    }

    private static EdgeWeight Errors(MapEdge edge) => edge.ErrorShare is not { } share
        ? new(null, WidthMin, "none")
        : new(Words.Percent(share), Between(Math.Sqrt(share)), share >= ErrorsBad ? "bad" : share > 0 ? "warn" : "");

    private static double Between(double share) => WidthMin + (Math.Clamp(share, 0, 1) * (WidthMax - WidthMin));
}

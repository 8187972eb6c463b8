using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Tests.Analyze;

public sealed class OverheadAndLagTests : IDisposable
{
    private const long Ms = 1_000_000;

    private readonly AnalysisRun _run = new();

    private long Now => _run.Clock.UnixNs;

    [Fact]
    public void Header_bytes_come_from_metrics_and_the_share_from_spans_that_tell_the_body()
    {
        Metric(MetricNames.Sent, 900);
        Metric(MetricNames.Sent, 100, error: "MESSAGE_TOO_LARGE");
        Metric(MetricNames.HeaderSize, 66_000);
        Metric(MetricNames.HeadersDropped, 2);
        _run.Analyses.Settled(Told.Trace(Told.Send("shop", Now, headerBytes: 66, bodySize: 594)));

        var row = Assert.Single(_run.Shown().Answers.Overhead(_run.LastHour, default).Rows);

        Assert.Equal((1000.0, 66_000.0, 66.0, LedgerBasis.Metrics, 2.0),
            (row.Records, row.HeaderBytes, row.BytesPerRecord, row.Basis, row.HeadersDropped));
        Assert.Equal(0.1, row.ShareOfRecord!.Value, 9);
    }

    [Fact]
    public void Without_metrics_spans_tell_the_bytes_and_without_bodies_the_share_is_unknown()
    {
        _run.Analyses.Settled(Told.Trace(Told.Send("shop", Now, headerBytes: 70, weight: 10)));
        _run.Analyses.Settled(Told.Trace(Told.Send("shop", Now)));

        var row = Assert.Single(_run.Shown().Answers.Overhead(_run.LastHour, default).Rows);

        Assert.Equal((10.0, 700.0, LedgerBasis.Spans), (row.Records, row.HeaderBytes, row.Basis));
        Assert.Null(row.ShareOfRecord);
    }

    [Fact]
    public void Lag_is_told_over_time_by_partition_as_each_source_has_it()
    {
        Gauge(MetricNames.LagOffset, 10);
        Gauge(MetricNames.LagCommitted, 30);
        _run.Clock.Pass(TimeSpan.FromSeconds(20));
        Gauge(MetricNames.LagOffset, 20);
        _run.Analyses.Take(Told.Metric(
            MetricNames.LagTime, "billing", Now - Ms, Now, 1.5, count: 3, group: "billing"));
        _run.Analyses.Settled(Told.Trace(Told.Hop(Told.Send("shop", Now), Told.Process("billing", Now), Told.Timing(400 * Ms, Ms))));
        _run.Clock.Pass(TimeSpan.FromMinutes(5));
        Gauge(MetricNames.LagOffset, 0);

        var rows = _run.Shown().Answers.Lag(_run.LastHour with { Group = "billing" }, RollupTier.Minute, default).Rows;

        Assert.Equal(2, rows.Count);
        Assert.Equal((new LagFigure(15, 20), new LagFigure(30, 30), 500.0 * Ms), (rows[0].Position, rows[0].ClientCommitted, rows[0].TimeMean));
        Assert.Equal(400.0 * Ms, rows[0].TimeOfSpans!.Max);
        Assert.Equal(new LagFigure(0, 0), rows[1].Position);
        Assert.Null(rows[0].Committed);
        Assert.Equal(5, (rows[1].Time - rows[0].Time) / 60_000_000_000);
    }

    public void Dispose() => _run.Dispose();

    private void Metric(string name, double value, string? error = null) =>
        _run.Analyses.Take(Told.Metric(name, "shop", Now - 60_000_000_000, Now, value, error: error));

    private void Gauge(string name, double value) =>
        _run.Analyses.Take(Told.Metric(name, "billing", 0, Now, value, group: "billing", gauge: true));
}

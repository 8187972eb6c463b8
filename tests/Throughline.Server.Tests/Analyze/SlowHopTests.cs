using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Analyze;

public sealed class SlowHopTests : IDisposable
{
    private const long Ms = 1_000_000;

    private readonly AnalysisRun _run = new();

    [Fact]
    public void The_slowest_hop_is_the_one_whose_end_to_end_time_is_the_percentiles_maximum()
    {
        Hop(waitedNs: 20 * Ms, partition: 0);
        var slowest = Hop(waitedNs: 900 * Ms, partition: 3, offset: 17);
        Hop(waitedNs: 30 * Ms, partition: 1);

        var row = Assert.Single(_run.Shown().Answers.Slowest(_run.LastHour, default).Rows);

        Assert.Equal((slowest, 3, 17L, 900 * Ms), (row.Span, row.Partition, row.Offset, row.Lag));
        Assert.Equal(
            Assert.Single(_run.Answers.Latency(_run.LastHour, LatencyBy.All, default).Rows).EndToEnd!.Max, row.EndToEnd);
    }

    [Fact]
    public void Each_group_has_its_own_and_the_slowest_comes_first()
    {
        Hop(20 * Ms, group: "billing");
        Hop(50 * Ms, group: "mailer");

        Assert.Equal(["mailer", "billing"], _run.Answers.Slowest(_run.LastHour, default).Rows.Select(row => row.Group));
        Assert.Equal(
            ["billing"], _run.Answers.Slowest(_run.LastHour with { Group = "billing" }, default).Rows.Select(row => row.Group));
    }

    [Fact]
    public void A_restart_keeps_what_a_checkpoint_has()
    {
        var saved = Hop(20 * Ms);
        _run.Save();
        Hop(50 * Ms, group: "mailer");
        _run.Save(commit: false);

        _run.Start();

        Assert.Equal([saved], _run.Answers.Slowest(_run.LastHour, default).Rows.Select(row => row.Span));
    }

    [Fact]
    public void What_is_known_for_longest_makes_room_and_goes_from_the_database()
    {
        using var run = new AnalysisRun(new AnalysisSettings { SlowHopsMax = 2 });
        foreach (var group in (string[])["a", "b", "c"])
        {
            Hop(20 * Ms, group: group, run: run);
            run.Save();
        }

        Assert.Equal(["b", "c"], run.Answers.Slowest(run.LastHour, default).Rows.Select(row => row.Group).Order());
        Assert.Equal(2, run.Rows("analysis_slowest"));
    }

    public void Dispose() => _run.Dispose();

    private SpanKey Hop(long waitedNs, int partition = 0, long offset = -1, string group = "billing", AnalysisRun? run = null)
    {
        run ??= _run;
        var send = Told.Send("shop", run.Clock.UnixNs, partition: partition, offset: offset);
        var process = Told.Process(
            "payments", run.Clock.UnixNs + waitedNs, group: group, partition: partition, offset: offset, durationNs: Ms);
        run.Analyses.Settled(Told.Trace(Told.Hop(send, process, Told.Timing(waitedNs, Ms))));
        return process.Key;
    }
}

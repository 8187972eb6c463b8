using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Tests.Analyze;

public sealed class LatencyTests : IDisposable
{
    private const long Ms = 1_000_000;

    private readonly AnalysisRun _run = new();

    [Fact]
    public void Each_part_of_a_hop_is_told_by_partition_with_its_percentiles()
    {
        for (var i = 1; i <= 100; i++)
        {
            Hop(0, Told.Timing(lag: i * Ms, processing: 2 * i * Ms, produce: 3 * Ms, inTopic: 4 * Ms, inClient: null));
        }

        Hop(1, Told.Timing(lag: 500 * Ms, processing: 1 * Ms));

        var rows = _run.Shown().Answers.Latency(_run.LastHour, LatencyBy.Partition, default).Rows;

        Assert.Equal([0, 1], rows.Select(row => row.Partition));
        var first = rows[0];
        Assert.Equal(("orders", "billing"), (first.Topic, first.Group));
        Close(50 * Ms, first.Lag!.P50);
        Close(95 * Ms, first.Lag.P95);
        Assert.Equal((1.0 * Ms, 100.0 * Ms, 50.5 * Ms, 100.0), (first.Lag.Min, first.Lag.Max, first.Lag.Mean, first.Lag.Count));
        Close(198 * Ms, first.Processing!.P99);
        Close(3 * Ms, first.Produce!.P50);
        Close(4 * Ms, first.InTopic!.P50);
        Assert.Null(first.InClient);
        Close(500 * Ms, rows[1].Lag!.P50);
    }

    [Fact]
    public void A_group_is_the_sum_of_its_partitions()
    {
        Hop(0, Told.Timing(lag: 10 * Ms, processing: Ms));
        Hop(1, Told.Timing(lag: 30 * Ms, processing: Ms));

        var row = Assert.Single(_run.Shown().Answers.Latency(_run.LastHour, LatencyBy.Group, default).Rows);

        Assert.Equal((2.0, 20.0 * Ms), (row.Lag!.Count, row.Lag.Mean));
        Assert.Null(row.Partition);
    }

    [Fact]
    public void A_path_goes_from_its_origin_to_the_end_of_processing()
    {
        var send = Told.Send("shop", _run.Clock.UnixNs);
        var process = Told.Process("billing", _run.Clock.UnixNs + (70 * Ms), durationNs: 30 * Ms);
        _run.Analyses.Settled(Told.Trace(Told.Hop(send, process, Told.Timing(68 * Ms, 30 * Ms))));

        var row = Assert.Single(_run.Shown().Answers.Latency(_run.LastHour, LatencyBy.Path, default).Rows);

        Assert.Equal("shop → orders → billing", row.Path);
        Assert.Equal(100.0 * Ms, row.EndToEnd!.Max);
    }

    [Fact]
    public void A_path_is_found_by_a_topic_or_service_on_it()
    {
        Hop(0, Told.Timing(Ms, Ms));

        _run.Shown();

        Assert.Single(_run.Answers.Latency(_run.LastHour with { Topic = "orders" }, LatencyBy.Path, default).Rows);
        Assert.Single(_run.Answers.Latency(_run.LastHour with { Service = "shop" }, LatencyBy.Path, default).Rows);
        Assert.Empty(_run.Answers.Latency(_run.LastHour with { Topic = "order" }, LatencyBy.Path, default).Rows);
    }

    [Fact]
    public void Clock_skew_is_counted_and_in_no_average()
    {
        Hop(0, Told.Timing(5 * Ms, Ms));
        Hop(0, Told.Timing(0, Ms) with { Lag = null, Skew = 40 * Ms });

        var row = Assert.Single(_run.Shown().Answers.Latency(_run.LastHour, LatencyBy.Group, default).Rows);

        Assert.Equal((1.0, 1.0, 5.0 * Ms), (row.Skewed, row.Lag!.Count, row.Lag.Mean));
    }

    [Fact]
    public void A_sampled_hop_counts_for_those_it_stands_for()
    {
        var send = Told.Send("shop", _run.Clock.UnixNs, weight: 10);
        var process = Told.Process("billing", _run.Clock.UnixNs, weight: 10);
        _run.Analyses.Settled(Told.Trace(Told.Hop(send, process, Told.Timing(Ms, Ms))));

        Assert.Equal(10, _run.Shown().Answers.Latency(_run.LastHour, LatencyBy.Group, default).Rows[0].Lag!.Count);
    }

    [Fact]
    public void Over_time_each_point_has_its_own()
    {
        Hop(0, Told.Timing(1 * Ms, Ms));
        _run.Clock.Pass(TimeSpan.FromMinutes(3));
        Hop(0, Told.Timing(9 * Ms, Ms));

        var rows = _run.Shown().Answers.LatencyOverTime(_run.LastHour, LatencyBy.Group, RollupTier.Minute, default).Rows;

        Assert.Equal([1.0 * Ms, 9.0 * Ms], rows.Select(row => row.Lag!.Max));
        Assert.Equal(3 * 60 * 1000 * Ms, rows[1].Time - rows[0].Time);
    }

    [Fact]
    public void Few_of_many_rows_are_the_first_of_all_with_all_their_figures()
    {
        var random = new Random(1);
        for (var round = 0; round < 6; round++)
        {
            for (var i = 0; i < 150; i++)
            {
                Hop((int)Math.Sqrt(random.Next(400)), Told.Timing(lag: random.Next(1, 900) * Ms, processing: random.Next(1, 90) * Ms));
            }

            _run.Clock.Pass(TimeSpan.FromMinutes(3));
            _run.Shown();
            if (round % 2 == 0)
            {
                _run.Save();
            }
        }

        foreach (var by in Enum.GetValues<LatencyBy>())
        {
            First(limit => _run.Answers.Latency(_run.LastHour with { Limit = limit }, by, default));
            First(limit => _run.Answers.LatencyOverTime(_run.LastHour with { Limit = limit }, by, RollupTier.Minute, default));
        }

        First(limit => _run.Answers.Lag(_run.LastHour with { Limit = limit }, RollupTier.Minute, default));

        static void First<T>(Func<int, Answer<T>> ask)
        {
            var all = ask(1000);
            Assert.False(all.IsCutShort);
            var few = ask(4);
            Assert.Equal(all.Rows.Take(4), few.Rows);
            Assert.Equal(all.Rows.Count > 4, few.IsCutShort);
        }
    }

    public void Dispose() => _run.Dispose();

    private void Hop(int partition, Internal.Assemble.HopTiming timing)
    {
        var send = Told.Send("shop", _run.Clock.UnixNs, partition: partition);
        var process = Told.Process("billing", _run.Clock.UnixNs, partition: partition);
        _run.Analyses.Settled(Told.Trace(Told.Hop(send, process, timing)));
    }

    private static void Close(double expected, double actual) => Assert.InRange(actual, expected * 0.98, expected * 1.02);
}

using Throughline.Server.Internal.Analyze;

namespace Throughline.Server.Tests.Analyze;

public sealed class SkewTests : IDisposable
{
    private const long Ms = 1_000_000;

    private readonly AnalysisRun _run = new();

    [Fact]
    public void A_partition_with_three_times_the_others_records_stands_out()
    {
        Sends([100, 100, 100, 300]);

        var row = Assert.Single(Skew());

        Assert.Equal((SkewSignal.Rate, 3, 300.0, 100.0, 3.0), (row.Signal, row.Partition, row.Value, row.Typical, row.Ratio));
        Assert.Equal(150 / Math.Sqrt(150 * 0.75), row.Score!.Value, 6);
        Assert.Contains("at least 2 times", row.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Chance_does_not_stand_out()
    {
        // Uniform choice of 12 partitions, a hundred times over: the statistic must not cry wolf.
        var random = new Random(7);
        var found = 0;
        for (var trial = 0; trial < 100; trial++)
        {
            var counts = new double[12];
            for (var i = 0; i < 600; i++)
            {
                counts[random.Next(12)]++;
            }

            found += Enumerable.Range(0, 12).Count(i => Unevenness.Count(counts, i).StandsOut);
        }

        Assert.Equal(0, found);
    }

    [Fact]
    public void Few_records_prove_nothing()
    {
        Sends([1, 1, 1, 9]);

        Assert.Empty(Skew());
    }

    [Fact]
    public void A_weight_is_no_evidence()
    {
        // Four spans that stand for a thousand each are four.
        for (var i = 0; i < 4; i++)
        {
            _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs, partition: i % 2 * i, weight: 1000)));
        }

        Assert.Empty(Skew());
    }

    [Fact]
    public void A_partition_that_lags_far_behind_the_others_stands_out()
    {
        double[] lags = [10, 11, 9, 12, 100, 10];
        for (var partition = 0; partition < lags.Length; partition++)
        {
            for (var i = 0; i < 30; i++)
            {
                var send = Told.Send("shop", _run.Clock.UnixNs, partition: partition);
                var process = Told.Process("billing", _run.Clock.UnixNs, partition: partition);
                _run.Analyses.Settled(Told.Trace(Told.Hop(send, process, Told.Timing((long)(lags[partition] * Ms), Ms))));
            }
        }

        var row = Assert.Single(Skew());

        Assert.Equal((SkewSignal.LagTime, 4, "billing"), (row.Signal, row.Partition, row.Group));
        Assert.InRange(row.Ratio, 9, 10);
        Assert.InRange(row.Score!.Value, 50, 100);
    }

    [Fact]
    public void Partitions_that_scatter_do_not_stand_out()
    {
        double[] values = [10, 20, 35, 50, 80];

        Assert.DoesNotContain(true, Enumerable.Range(0, values.Length).Select(i => Unevenness.Value(values, i).StandsOut));
    }

    [Fact]
    public void Lag_in_records_is_compared_as_clients_tell_it()
    {
        foreach (var (partition, lag) in ((int, double)[])[(0, 5), (1, 4), (2, 900), (3, 6)])
        {
            _run.Analyses.Take(Told.Metric(
                MetricNames.LagOffset, "billing", 0, _run.Clock.UnixNs, lag, group: "billing", partition: partition, gauge: true));
        }

        var row = Assert.Single(Skew());

        Assert.Equal((SkewSignal.LagRecords, 2, 900.0), (row.Signal, row.Partition, row.Value));
    }

    [Fact]
    public void A_partition_that_was_behind_once_does_not_stand_out_from_those_that_never_were()
    {
        for (var minute = 0; minute < 30; minute++, _run.Clock.Pass(TimeSpan.FromMinutes(1)))
        {
            for (var partition = 0; partition < 3; partition++)
            {
                _run.Analyses.Take(Told.Metric(
                    MetricNames.LagOffset, "billing", 0, _run.Clock.UnixNs, partition == 1 && minute == 3 ? 1 : 0, group: "billing", partition: partition, gauge: true));
            }
        }

        Assert.Empty(Skew());
    }

    [Fact]
    public void A_key_that_is_more_than_a_partitions_share_stands_out()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var key = random.Next(100) < 40 ? "whale" : $"customer-{random.Next(10_000)}";
            _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs, partition: i % 8, key: key)));
        }

        var row = Assert.Single(Skew());

        Assert.Equal((SkewSignal.Key, "whale", 1 / 8.0), (row.Signal, row.Key, row.Typical));
        Assert.InRange(row.Value, 0.36, 0.44);
    }

    [Fact]
    public void Even_keys_do_not_stand_out()
    {
        for (var i = 0; i < 2000; i++)
        {
            _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs, partition: i % 8, key: $"customer-{i % 500}")));
        }

        Assert.Empty(Skew());
    }

    [Fact]
    public void A_frequent_value_is_never_missed_and_never_undercounted()
    {
        var random = new Random(5);
        var counts = new SpaceSaving(50);
        var exact = new Dictionary<string, int>();
        for (var i = 0; i < 20_000; i++)
        {
            // Zipf-like: a few values make up most.
            var value = $"k{(int)Math.Pow(10_000, random.NextDouble())}";
            counts.Add(value, 1);
            exact[value] = exact.GetValueOrDefault(value) + 1;
        }

        Assert.Equal(50, counts.Counts.Count);
        foreach (var (value, count) in exact.Where(pair => pair.Value > 20_000 / 50))
        {
            var found = counts.Counts.Single(one => one.Value == value);
            Assert.InRange(count, found.Count - found.TooMuchMax, found.Count);
        }
    }

    public void Dispose() => _run.Dispose();

    private IReadOnlyList<SkewRow> Skew() => _run.Shown().Answers.Skew(_run.LastHour, default).Rows;

    private void Sends(int[] counts)
    {
        for (var partition = 0; partition < counts.Length; partition++)
        {
            for (var i = 0; i < counts[partition]; i++)
            {
                _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs, partition: partition)));
            }
        }
    }
}

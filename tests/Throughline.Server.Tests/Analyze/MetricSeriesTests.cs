using Throughline.Server.Internal.Analyze;

namespace Throughline.Server.Tests.Analyze;

public sealed class MetricSeriesTests : IDisposable
{
    private const long MinuteNs = 60_000_000_000;

    private readonly AnalysisRun _run = new();

    private long Now => _run.Clock.UnixNs;

    [Fact]
    public void A_cumulative_series_adds_what_it_grew_by()
    {
        var start = Now;
        Take(start, 10);
        Take(start, 25);
        Take(start, 25);

        Assert.Equal(25, Sent());
    }

    [Fact]
    public void A_process_that_starts_anew_counts_from_its_start()
    {
        Take(Now - MinuteNs, 100);
        Take(Now, 7);

        Assert.Equal(107, Sent());
    }

    [Fact]
    public void A_value_that_falls_is_a_reset()
    {
        var start = Now - MinuteNs;
        Take(start, 100);
        Take(start, 4);

        Assert.Equal(104, Sent());
    }

    [Fact]
    public void A_point_that_comes_twice_counts_once()
    {
        var point = Told.Metric(MetricNames.Sent, "shop", Now - MinuteNs, Now, 5, cumulative: false);
        _run.Analyses.Take(point);
        _run.Analyses.Take(point);

        Assert.Equal(5, Sent());
    }

    [Fact]
    public void Deltas_of_processes_that_nothing_tells_apart_all_count()
    {
        _run.Analyses.Take(Told.Metric(MetricNames.Sent, "shop", Now - MinuteNs, Now, 5, cumulative: false));
        _run.Analyses.Take(Told.Metric(MetricNames.Sent, "shop", Now - MinuteNs, Now - 7, 6, cumulative: false));

        Assert.Equal(11, Sent());
    }

    [Fact]
    public void Deltas_add_up()
    {
        Take(Now, 5, cumulative: false);
        Take(Now, 6, cumulative: false);

        Assert.Equal(11, Sent());
    }

    [Fact]
    public void What_was_counted_before_anybody_listened_is_not_counted_now()
    {
        var start = Now - (300 * MinuteNs);
        Take(start, 1_000_000);
        Take(start, 1_000_003);

        Assert.Equal(3, Sent());
    }

    [Fact]
    public void A_series_that_appears_later_in_an_old_process_counts_in_full()
    {
        var start = Now - (300 * MinuteNs);
        Take(start, 1_000_000);
        Take(start, 2, partition: 5);

        Assert.Equal(2, Sent());
    }

    [Fact]
    public void Processes_that_nothing_tells_apart_do_not_reset_each_other()
    {
        var (one, other) = (Now - MinuteNs, Now - (2 * MinuteNs));
        Take(one, 100);
        Take(other, 50);
        Take(one, 110);
        Take(other, 55);

        Assert.Equal(165, Sent());
    }

    [Fact]
    public void Last_values_survive_a_restart()
    {
        var start = Now - MinuteNs;
        Take(start, 100);
        _run.Save();
        Take(start, 110);
        _run.Start();
        Take(start, 120);

        Assert.Equal(120, Sent());
    }

    [Fact]
    public void Series_beyond_the_most_are_refused_and_counted()
    {
        using var run = new AnalysisRun(new AnalysisSettings { MetricSeriesMax = 10 });
        for (var i = 0; i < 50; i++)
        {
            run.Analyses.Take(Told.Metric(MetricNames.Sent, "shop", run.Clock.UnixNs - 1, run.Clock.UnixNs, 1, partition: i));
        }

        Assert.InRange(run.Answers.Statistics.MetricPointsRefused, 39, 41);
        Assert.InRange(run.Answers.Statistics.MetricSeries, 1, 11);
    }

    [Fact]
    public void A_series_that_has_ended_makes_room()
    {
        using var run = new AnalysisRun(new AnalysisSettings { MetricSeriesMax = 3 });
        run.Analyses.Take(Told.Metric(MetricNames.Sent, "a", run.Clock.UnixNs, run.Clock.UnixNs, 1));
        run.Analyses.Take(Told.Metric(MetricNames.Sent, "b", run.Clock.UnixNs, run.Clock.UnixNs, 1));
        run.Clock.Pass(TimeSpan.FromHours(2));
        run.Analyses.Take(Told.Metric(MetricNames.Sent, "c", run.Clock.UnixNs, run.Clock.UnixNs, 1));

        Assert.Equal(2, run.Answers.Statistics.MetricSeries);
        Assert.Equal(0, run.Answers.Statistics.MetricPointsRefused);
    }

    public void Dispose() => _run.Dispose();

    private void Take(long startUnixNs, double value, int partition = 0, bool cumulative = true)
    {
        _run.Clock.Pass(TimeSpan.FromSeconds(10));
        _run.Analyses.Take(Told.Metric(
            MetricNames.Sent, "shop", startUnixNs, Now, value, partition: partition, cumulative: cumulative));
    }

    private double? Sent() =>
        _run.Shown().Answers.Ledger(_run.LastHour, default).Rows.SingleOrDefault()?[LedgerCell.Produced].Value;
}

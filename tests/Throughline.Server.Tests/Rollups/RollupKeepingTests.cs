using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Rollups;
using Throughline.Server.Tests.Analyze;

namespace Throughline.Server.Tests.Rollups;

public sealed class RollupKeepingTests : IDisposable
{
    private const long HourNs = 3600L * 1_000_000_000;

    private readonly AnalysisRun _run = new();

    [Fact]
    public void What_is_not_saved_and_what_is_are_one_answer()
    {
        Send();
        _run.Save();
        Send();
        _run.Shown();
        Send();

        Assert.Equal(2, Sent());
        Assert.Equal(3, _run.Shown().Answers.Ledger(_run.LastHour, default).Rows[0][LedgerCell.Produced].Value);
    }

    [Fact]
    public void A_restart_goes_on_from_what_was_saved()
    {
        Send();
        _run.Save();
        Send();
        _run.Start();
        Assert.Equal(1, Sent());

        Send();
        _run.Save();
        _run.Start();
        Assert.Equal(2, Sent());
    }

    [Fact]
    public void A_checkpoint_that_was_not_committed_is_written_again_and_counts_once()
    {
        Send();
        _run.Save(commit: false);
        Assert.Equal(1, Sent());
        Send(topic: "other");
        _run.Save();
        _run.Shown();
        Assert.Equal(1, Sent());

        _run.Save();
        _run.Start();
        Assert.Equal(1, Sent());
        Assert.Equal(1, Sent("other"));
        Assert.NotEmpty(_run.Answers.LedgerExamples(LedgerCell.Produced, "", "orders", ""));
    }

    [Fact]
    public void A_late_span_goes_into_the_minute_of_its_own_time()
    {
        Send();
        _run.Save();
        _run.Clock.Pass(TimeSpan.FromHours(3));
        Send();
        _run.Save();

        var then = _run.Clock.UnixNs - (3 * HourNs);
        _run.Analyses.Settled(Told.Trace(Told.Send("shop", then)));
        _run.Save();

        Assert.Equal(2, Sent(then - HourNs, then + HourNs));
        Assert.Equal(1, Sent(then + HourNs, then + (4 * HourNs)));
        Assert.Equal(3, Sent(then - HourNs, then + (4 * HourNs)));
    }

    [Fact]
    public void Every_range_is_counted_alike_whatever_rollups_it_is_made_of()
    {
        // One record a minute for two days, saved every few minutes: a range has as many as it has minutes.
        var start = _run.Clock.UnixNs;
        for (var minute = 0; minute < 2 * 24 * 60; minute++)
        {
            Send();
            if (minute % 7 == 0)
            {
                _run.Save();
            }

            _run.Clock.Pass(TimeSpan.FromMinutes(1));
        }

        _run.Shown();
        var now = _run.Clock.UnixNs;
        foreach (var (fromMinute, toMinute) in ((int, int)[])[(24 * 60, 48 * 60), (40 * 60, 47 * 60), (1801, 1999), (2870, 2880)])
        {
            Assert.Equal(toMinute - fromMinute, Sent(start + (fromMinute * 60_000_000_000), start + (toMinute * 60_000_000_000)));
        }

        // Older than minutes are kept: whole hours, and it says so.
        var answer = _run.Answers.Ledger(new AnswerFilter(new TimeRange(start + (5 * HourNs), start + (9 * HourNs))), default);
        Assert.Equal(0, answer.Range.FromUnixNs % HourNs);
        Assert.Equal((answer.Range.ToUnixNs - answer.Range.FromUnixNs) / 60_000_000_000, answer.Rows[0][LedgerCell.Produced].Value);
        Assert.Equal(2 * 24 * 60, Sent(0, now));
    }

    [Fact]
    public void After_its_time_a_rollup_is_gone()
    {
        Send();
        _run.Save();
        _run.Clock.Pass(TimeSpan.FromHours(30));
        Send();
        _run.Save();
        Assert.Equal(2, Sent(0, _run.Clock.UnixNs + HourNs));

        _run.Clock.Pass(TimeSpan.FromDays(31));
        Send();
        _run.Save();
        Assert.Equal(1, Sent(0, _run.Clock.UnixNs + HourNs));
        Assert.InRange(_run.Rows("rollup"), 1, 4);
    }

    [Fact]
    public void What_is_older_than_every_rollup_is_counted_as_that()
    {
        _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs - (31 * 24 * HourNs))));

        Assert.Equal(1, _run.Shown().Answers.Statistics.TooOld);
        Assert.Empty(_run.Answers.Ledger(_run.LastHour, default).Rows);
    }

    [Fact]
    public void A_time_in_the_future_is_taken_for_now()
    {
        _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs + (5 * HourNs))));

        _run.Shown();
        Assert.Equal(1, Sent());
    }

    [Fact]
    public void Beyond_the_most_series_the_rest_is_counted_under_other()
    {
        using var run = new AnalysisRun(new AnalysisSettings { Rollups = RollupSettings.Default with { SeriesMax = 100 } });
        for (var i = 0; i < 200; i++)
        {
            run.Analyses.Settled(Told.Trace(Told.Send("shop", run.Clock.UnixNs, topic: $"topic-{i}")));
        }

        var statistics = run.Shown().Answers.Statistics;
        var ledger = run.Answers.Ledger(run.LastHour, default).Rows;

        Assert.InRange(statistics.Series, 90, 100);
        Assert.InRange(statistics.CountedUnderOther, 100, 1000);
        Assert.Equal(200, ledger.Sum(row => row[LedgerCell.Produced].Value));
        Assert.InRange(ledger.Single(row => row.Topic == "other")[LedgerCell.Produced].Value!.Value, 100, 199);
    }

    [Fact]
    public void What_was_quiet_for_a_day_makes_room()
    {
        using var run = new AnalysisRun(new AnalysisSettings { Rollups = RollupSettings.Default with { SeriesMax = 20 } });
        for (var i = 0; i < 10; i++)
        {
            run.Analyses.Settled(Told.Trace(Told.Send("shop", run.Clock.UnixNs, topic: $"old-{i}")));
        }

        run.Save();
        run.Clock.Pass(TimeSpan.FromHours(25));
        run.Analyses.Settled(Told.Trace(Told.Send("shop", run.Clock.UnixNs, topic: "new")));
        run.Save();
        run.Start();

        Assert.Contains(run.Answers.Ledger(run.LastHour, default).Rows, row => row.Topic == "new");
    }

    [Fact]
    public void One_topic_cannot_take_all_series()
    {
        using var run = new AnalysisRun(new AnalysisSettings { Rollups = RollupSettings.Default with { FamilySeriesMax = 50 } });
        for (var i = 0; i < 200; i++)
        {
            run.Analyses.Settled(Told.Trace(Told.Send("shop", run.Clock.UnixNs, partition: i)));
        }

        Assert.InRange(run.Shown().Answers.Statistics.Series, 1, 60);
        Assert.Equal(200, run.Answers.Ledger(run.LastHour, default).Rows[0][LedgerCell.Produced].Value);
    }

    [Fact]
    public void A_database_of_a_later_version_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.Path}/state.db;Pooling=False");
        connection.Open();
        RollupSchema.Upgrade(connection);
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE rollup_number SET value = 99 WHERE name = 'version'";
        command.ExecuteNonQuery();

        var error = Assert.Throws<InvalidDataException>(() => RollupSchema.Upgrade(connection));
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _run.Dispose();

    private void Send(string topic = "orders") => _run.Analyses.Settled(Told.Trace(Told.Send("shop", _run.Clock.UnixNs, topic: topic)));

    private double Sent(string topic = "orders") => Sent(_run.Clock.UnixNs - HourNs, _run.Clock.UnixNs + 1, topic);

    private double Sent(long fromUnixNs, long toUnixNs, string topic = "orders") =>
        _run.Answers.Ledger(new AnswerFilter(new TimeRange(fromUnixNs, toUnixNs)), default).Rows
            .Where(row => row.Topic == topic).Sum(row => row[LedgerCell.Produced].Value ?? 0);
}

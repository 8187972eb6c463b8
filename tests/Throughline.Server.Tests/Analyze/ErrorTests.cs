using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Analyze;

public sealed class ErrorTests : IDisposable
{
    private readonly AnalysisRun _run = new();

    private long Now => _run.Clock.UnixNs;

    [Fact]
    public void Errors_are_told_by_service_topic_group_and_type()
    {
        for (var i = 0; i < 3; i++)
        {
            Span(Told.Process("billing", Now, error: "System.TimeoutException"));
        }

        Span(Told.Process("billing", Now, error: "System.FormatException"));
        Span(Told.Send("shop", Now, error: "MESSAGE_TOO_LARGE", weight: 2));
        Span(Told.Work("web", Now, SpanKind.Server, error: "500"));
        Span(Told.Process("billing", Now));

        var rows = _run.Shown().Answers.Errors(_run.LastHour, default).Rows;

        Assert.Equal(
            [
                ("billing", "orders", "billing", "System.TimeoutException", "process", 3.0, 3.0),
                ("shop", "orders", "", "MESSAGE_TOO_LARGE", "send", 2.0, 1.0),
                ("billing", "orders", "billing", "System.FormatException", "process", 1.0, 1.0),
                ("web", "", "", "500", "server", 1.0, 1.0),
            ],
            rows.OrderByDescending(row => row.Count).ThenBy(row => row.Service)
                .Select(row => (row.Service, row.Topic, row.Group, row.ErrorType, row.Operation, row.Count, row.Spans)));
    }

    [Fact]
    public void Errors_of_one_topic_or_group_can_be_asked_for()
    {
        Span(Told.Process("billing", Now, error: "a"));
        Span(Told.Process("mail", Now, group: "mail", error: "b"));
        Span(Told.Process("mail", Now, topic: "letters", group: "mail", error: "c"));
        _run.Shown();

        Assert.Equal(["a"], _run.Answers.Errors(_run.LastHour with { Group = "billing" }, default).Rows.Select(row => row.ErrorType));
        Assert.Equal(["c"], _run.Answers.Errors(_run.LastHour with { Topic = "letters" }, default).Rows.Select(row => row.ErrorType));
        Assert.Equal(["b", "c"], _run.Answers.Errors(_run.LastHour with { Service = "mail" }, default).Rows.Select(row => row.ErrorType).Order());
    }

    [Fact]
    public void A_limit_keeps_the_most_frequent_and_says_so()
    {
        for (var i = 0; i < 5; i++)
        {
            for (var n = 0; n <= i; n++)
            {
                Span(Told.Process("billing", Now, error: $"e{i}"));
            }
        }

        var answer = _run.Shown().Answers.Errors(_run.LastHour with { Limit = 2 }, default);

        Assert.True(answer.IsCutShort);
        Assert.Equal(["e4", "e3"], answer.Rows.Select(row => row.ErrorType));
    }

    [Fact]
    public void Orphans_are_counted_by_cause_with_the_latest_of_each()
    {
        for (var i = 0; i < 15; i++)
        {
            _run.Clock.Pass(TimeSpan.FromSeconds(1));
            Orphan(OrphanCause.HeaderMissing, i);
        }

        Orphan(OrphanCause.ParentSampledOut, 99);

        var rows = _run.Shown().Answers.Orphans(_run.LastHour, default).Rows;

        Assert.Equal([(OrphanCause.HeaderMissing, 15.0), (OrphanCause.ParentSampledOut, 1.0)], rows.Select(row => (row.Cause, row.Count)));
        Assert.Equal(("billing", "orders"), (rows[0].Service, rows[0].Topic));
        Assert.Equal([14L, 13, 12, 11, 10, 9, 8, 7, 6, 5], rows[0].Examples.Select(example => example.Offset));
        Assert.Equal("seen 14", rows[0].Examples[0].Why);
    }

    [Fact]
    public void A_parent_that_comes_late_takes_its_orphan_back()
    {
        var orphan = new Orphan(Told.Process("billing", Now, offset: 3), OrphanCause.ParentLost, "never came", null);
        _run.Analyses.Orphaned(orphan);
        _run.Save();
        Assert.Single(_run.Answers.Orphans(_run.LastHour, default).Rows);

        _run.Analyses.ParentCameLate(orphan);
        _run.Save();

        Assert.Empty(_run.Answers.Orphans(_run.LastHour, default).Rows);
        Assert.Equal(0, _run.Rows("analysis_example"));
        Assert.Equal(1, Assert.Single(_run.Answers.Pairing(_run.LastHour, default).Rows).ParentsLate);
    }

    [Fact]
    public void What_could_not_be_paired_for_sure_is_counted_and_not_guessed()
    {
        _run.Analyses.Settled(new SettledTrace(new TraceId(1, 1), [], [], [Told.Process("billing", Now)]));

        var row = Assert.Single(_run.Shown().Answers.Pairing(_run.LastHour, default).Rows);

        Assert.Equal(("billing", "orders", 1.0), (row.Service, row.Topic, row.Ambiguous));
        Assert.Empty(_run.Answers.Orphans(_run.LastHour, default).Rows);
    }

    public void Dispose() => _run.Dispose();

    private void Span(SpanFacts span) => _run.Analyses.Settled(Told.Trace(span));

    private void Orphan(OrphanCause cause, long offset) =>
        _run.Analyses.Orphaned(new Orphan(Told.Process("billing", Now, offset: offset), cause, $"seen {offset}", null));
}

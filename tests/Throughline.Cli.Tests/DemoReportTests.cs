using Throughline.Cli.Demo;
using Throughline.Cli.Demo.Kafka;
using Throughline.Cli.Demo.Orders;
using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Reports;
using Throughline.Cli.Demo.Traces;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Tests;

public class DemoReportTests
{
    private static readonly OrderTrace Whole = new OrderSpans().Judge();
    private static readonly OrderTrace Orphaned = OrderSpans.Orphaned().Judge();

    private static readonly ShopTruth Truth = new()
    {
        Lost = "lost-order",
        Slowest = "slowest-order",
        Retried = [],
        DeadLettered = [],
        HotKey = "hot",
        OrphaningGroup = "audit",
    };

    [Fact]
    public void Whole_traces_end_with_0_and_say_so()
    {
        var outcome = Outcome([Whole, Whole]);

        Assert.Equal(ExitCodes.Ok, outcome.ExitCode);
        var report = Write(outcome);
        Assert.Contains("✓ 2 orders: 2 unbroken traces, 0 broken", report, StringComparison.Ordinal);
        Assert.Contains("end to end     p50  20.0 ms   p99  20.0 ms", report, StringComparison.Ordinal);
        Assert.Contains("in the topic   p50   6.0 ms   p99   6.0 ms", report, StringComparison.Ordinal);
        Assert.Contains("66 bytes a record, traceparent on 2 of 2", report, StringComparison.Ordinal);
    }

    [Fact]
    public void One_broken_trace_ends_with_1_and_says_why()
    {
        var outcome = Outcome([Whole, Orphaned]);

        Assert.Equal(ExitCodes.Findings, outcome.ExitCode);
        var report = Write(outcome);
        Assert.Contains("✗ 2 orders: 1 unbroken trace, 1 broken", report, StringComparison.Ordinal);
        Assert.Contains("1 × process_order_event is in a trace of its own", report, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_that_was_not_accepted_ends_with_1()
    {
        var outcome = Outcome([Whole]) with { Orders = new OrderOutcomes(["1"], ["503 Service Unavailable"]) };

        Assert.Equal(ExitCodes.Findings, outcome.ExitCode);
        Assert.Contains("1 not accepted", Write(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public void A_backend_that_took_nothing_ends_with_3_and_breaks_no_trace()
    {
        var outcome = Outcome([Whole]) with
        {
            Forwarded = new ForwardOutcome(new Uri("http://127.0.0.1:1/v1/traces"), 0, 1, "refused"),
        };

        Assert.Equal(ExitCodes.Unreachable, outcome.ExitCode);
        Assert.Contains("1 unbroken trace, 0 broken", Write(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_whole_traces_are_drawn_and_the_rest_is_counted()
    {
        var report = Write(Outcome([.. Enumerable.Repeat(Whole, 20)]));

        Assert.Equal(3, Count(report, "one trace"));
        Assert.Contains("17 more not shown; --all prints them.", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_traces_are_drawn_beside_the_whole_ones_up_to_a_bound()
    {
        var report = Write(Outcome([.. Enumerable.Repeat(Whole, 10), .. Enumerable.Repeat(Orphaned, 10)]));

        Assert.Equal(3, Count(report, "one trace"));
        Assert.Equal(5, Count(report, "· broken"));
    }

    [Fact]
    public void All_means_all() =>
        Assert.Equal(20, Count(Write(Outcome([.. Enumerable.Repeat(Whole, 20)], all: true)), "one trace"));

    [Fact]
    public void The_report_fits_80_columns() => Assert.All(
        (Write(Outcome([Whole, Orphaned], broken: true)) + Write(Outcome([Whole]) with { Truth = Truth })).Split('\n'),
        line => Assert.True(line.Length <= 80, line));

    [Fact]
    public void A_run_that_stays_ends_with_what_can_be_looked_for_and_tells_no_answer()
    {
        var stay = Write(Outcome([Whole]) with { Truth = Truth }).Split("Dashboard ")[1];

        Assert.StartsWith("http://127.0.0.1:43200/\n", stay, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:43200/latency ", stay, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:43200/ledger ", stay, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:43200/orphans ", stay, StringComparison.Ordinal);
        Assert.DoesNotContain("lost-order", stay, StringComparison.Ordinal);
        Assert.DoesNotContain("slowest-order", stay, StringComparison.Ordinal);
        Assert.DoesNotContain("audit", stay, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_ends_names_no_dashboard()
    {
        var outcome = Outcome([Whole]);

        Assert.DoesNotContain("Dashboard", Write(outcome with { Options = outcome.Options with { Once = true } }), StringComparison.Ordinal);
    }

    private static DemoOutcome Outcome(IReadOnlyList<OrderTrace> traces, bool all = false, bool broken = false) => new()
    {
        Options = new DemoOptions { Orders = traces.Count, All = all, Broken = broken },
        Orders = new OrderOutcomes([.. traces.Select(trace => trace.OrderId)], []),
        Truth = null,
        Address = new Uri("http://127.0.0.1:43200"),
        Traces = traces,
        Notifications = traces.Count,
        Headers = new HeaderUse(traces.Count, traces.Count, 66, 66),
        Forwarded = null,
        Answers = [],
    };

    private static string Write(DemoOutcome outcome)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new DemoReport(output, new Screen { Width = 80, Colour = false, Live = false, Glyphs = Glyphs.Unicode }).Write(outcome);
        return output.ToString();
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}

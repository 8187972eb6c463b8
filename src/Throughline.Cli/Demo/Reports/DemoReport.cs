using Throughline.Cli.Analyze;
using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Pictures;
using Throughline.Cli.Demo.Traces;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Demo.Reports;

/// <summary>The run's result for people: traces, then what they add up to, then how to go on.</summary>
internal sealed class DemoReport(TextWriter output, Screen screen)
{
    // Set by ./run, so that what is advised can be typed as it is.
    private const string CommandVariable = "THROUGHLINE_COMMAND";
    private const int WholeShownMax = 3;
    private const int BrokenShownMax = 5;

    private readonly Ink _ink = new(screen.Colour);

    public void Write(DemoOutcome outcome)
    {
        var shown = Choose(outcome);
        new Waterfall(output, screen).Write(shown);
        if (shown.Count < outcome.Traces.Count)
        {
            output.WriteLine(_ink.Dim($"{outcome.Traces.Count - shown.Count} more not shown; --all prints them."));
            output.WriteLine();
        }

        WriteVerdict(outcome);
        WriteFigures(outcome);
        if (outcome.Broken.Count > 0)
        {
            WriteReasons(outcome);
        }

        WriteAnswers(outcome);
        WriteNext(outcome.Options);
        if (outcome.Options.Stays)
        {
            WriteStay(outcome);
        }
    }

    private static List<OrderTrace> Choose(DemoOutcome outcome) => outcome.Options.All
        ? [.. outcome.Traces]
        : [.. outcome.Whole.Take(WholeShownMax), .. outcome.Broken.Take(outcome.Options.Broken ? WholeShownMax : BrokenShownMax)];

    private void WriteVerdict(DemoOutcome outcome)
    {
        var (whole, broken) = (outcome.Whole.Count, outcome.Broken.Count);
        var verdict = $"{Words.Count(outcome.Orders.Accepted.Count + outcome.Orders.Refused.Count, "order")}: {Words.Count(whole, "unbroken trace")}, {broken} broken";
        if (outcome.Orders.Refused.Count > 0)
        {
            verdict += $", {outcome.Orders.Refused.Count} not accepted";
        }

        output.WriteLine(_ink.Bold(
            outcome.ExitCode == ExitCodes.Findings
                ? _ink.Bad($"{screen.Glyphs.Broken} {verdict}")
                : _ink.Good($"{screen.Glyphs.Whole} {verdict}")));
        output.WriteLine();
    }

    private void WriteFigures(DemoOutcome outcome)
    {
        WriteFigure("end to end", outcome.EndToEnd, "request to notification");
        WriteFigure("in the topic", outcome.InTopic, "acknowledged to processed");
        var early = outcome.Traces.Count(trace => trace.Wait?.Kind == TopicWaitKind.TakenBeforeAcknowledged);
        if (early > 0)
        {
            WriteNote($"{early} of {outcome.Traces.Count} read before the acknowledgement came: 0 ms");
        }

        var skewed = outcome.Traces.Count(trace => trace.Wait?.Kind == TopicWaitKind.ClockSkew);
        if (skewed > 0)
        {
            WriteNote($"{skewed} of {outcome.Traces.Count} not counted: the services' clocks disagree");
        }

        if (outcome.Headers is { } headers)
        {
            output.WriteLine(
                $"  {"headers",-14} {headers.BytesAverage:0.#} bytes a record, "
                + _ink.Dim($"traceparent on {headers.WithTraceParent} of {headers.Records}"));
        }

        output.WriteLine($"  {"notifications",-14} {outcome.Notifications} of {outcome.Traces.Count} arrived");
        WriteBackend(outcome.Forwarded);
        output.WriteLine();
    }

    private void WriteBackend(ForwardOutcome? forwarded)
    {
        if (forwarded is null)
        {
            return;
        }

        var text = forwarded.Failed == 0
            ? $"spans sent to {forwarded.Endpoint}"
            : _ink.Bad($"{forwarded.Failed} of {forwarded.Sent + forwarded.Failed} requests failed: {forwarded.Failure}");
        output.WriteLine($"  {"backend",-14} {text}");
    }

    private void WriteFigure(string name, Percentiles? durations, string meaning)
    {
        if (durations is not null)
        {
            output.WriteLine(
                $"  {name,-14} p50 {Words.Duration(durations.P50),8}   p99 {Words.Duration(durations.P99),8}   {_ink.Dim(meaning)}");
        }
    }

    private void WriteNote(string note) => output.WriteLine(_ink.Dim($"  {"",-14} {note}"));

    private void WriteReasons(DemoOutcome outcome)
    {
        output.WriteLine(_ink.Bold("Why"));
        foreach (var reason in outcome.Broken.SelectMany(trace => trace.Breaks).CountBy(it => it))
        {
            output.WriteLine($"  {reason.Value} × {TraceBreaks.Describe(reason.Key)}");
        }

        output.WriteLine();
        if (outcome.Options.Broken)
        {
            output.WriteLine("  Every record carried its trace in the header traceparent, but the consumer");
            output.WriteLine("  did not read it. So each process_order_event began a trace of its own: an");
            output.WriteLine("  orphan, which nobody finds who looks for the order. TracingConsumer extracts");
            output.WriteLine("  the context before it calls your handler:");
            output.WriteLine();
            output.WriteLine("      await consumer.ProcessAsync(handler, stoppingToken);");
            output.WriteLine();
        }
    }

    private void WriteAnswers(DemoOutcome outcome)
    {
        output.WriteLine(_ink.Bold("What throughline serve says of them"));
        output.WriteLine();
        new AnalyzeReport(TerminalTables.On(output, screen)).Write(outcome.Answers);
    }

    private void WriteNext(DemoOptions options)
    {
        var command = Environment.GetEnvironmentVariable(CommandVariable) is { Length: > 0 } name ? name : "throughline";
        output.WriteLine(_ink.Bold("Next"));
        output.WriteLine(options.Broken
            ? $"  {command} demo                 the same with the extract step: whole traces"
            : $"  {command} demo --broken        the same without the extract step: orphans");
        output.WriteLine($"  {command} demo --otlp URL      see the traces in Jaeger or another backend");
    }

    /// <summary>Programs look for the line that begins with the word Dashboard.</summary>
    private void WriteStay(DemoOutcome outcome)
    {
        output.WriteLine();
        output.WriteLine($"{_ink.Bold("Dashboard")} {outcome.Address}");
        if (outcome.Truth is not null)
        {
            output.WriteLine("  Some things went wrong on purpose. Nobody told the server; it tells you:");
            WriteQuestion(outcome.Address, "/latency", "One order took far longer than others. Why?");
            WriteQuestion(outcome.Address, "/ledger", "One order was saved and never arrived. Where?");
            WriteQuestion(outcome.Address, "/orphans", "One consumer breaks traces. How to mend it?");
        }

        output.WriteLine(_ink.Dim("  Orders go on meanwhile. Ctrl-C ends it, and takes everything away."));
    }

    private void WriteQuestion(Uri address, string page, string question) =>
        output.WriteLine($"  {new Uri(address, page),-31} {question}");
}

using System.Globalization;
using Throughline.Cli.Terminal;
using Throughline.Kafka;

namespace Throughline.Cli.Redrive;

/// <summary>The outcome for people: the letters, what they add up to, how to go on.</summary>
internal sealed class RedriveText(TextWriter output, Screen screen, TimeProvider time)
{
    private const int PlaceWidth = 12;
    private const int AttemptsWidth = 8;
    private const int AgeWidth = 10;
    private const int DestinationWidthMax = 30;
    private const int WhyWidthMin = 20;

    private readonly Ink _ink = new(screen.Colour);

    public void Write(RedriveOutcome outcome)
    {
        if (outcome.Letters.Count > 0)
        {
            WriteLetters(outcome);
        }

        WriteVerdict(outcome);
        WriteRest(outcome);
        WriteNext(outcome);
    }

    private void WriteLetters(RedriveOutcome outcome)
    {
        var destinationWidth = Math.Min(
            DestinationWidthMax, outcome.Letters.Max(each => Destination(each.Letter, each.Verdict).Length));

        // A line that wraps is hard to read; one in a file is not.
        var room = screen.Live ? Math.Max(WhyWidthMin, screen.Width - PlaceWidth - destinationWidth - AttemptsWidth - AgeWidth - 8) : int.MaxValue;
        output.WriteLine(_ink.Dim(
            $"{"letter",-PlaceWidth}  {"to".PadRight(destinationWidth)}  {"attempts",AttemptsWidth}  {"failed",AgeWidth}  why"));
        foreach (var (letter, verdict) in outcome.Letters)
        {
            var place = $"[{letter.Place.Partition.Value}]@{letter.Place.Offset.Value}";
            var destination = Cut(Destination(letter, verdict), destinationWidth).PadRight(destinationWidth);
            output.WriteLine(
                $"{place,-PlaceWidth}  {Paint(verdict, destination)}  {letter.Attempts,AttemptsWidth}  "
                + $"{Age(letter.FailedAt),AgeWidth}  {Cut(Why(letter), room)}");
        }

        if (outcome.Letters.Count < outcome.Seen)
        {
            output.WriteLine(_ink.Dim($"{outcome.Seen - outcome.Letters.Count} more not shown; --all lists them."));
        }

        output.WriteLine();
    }

    private void WriteVerdict(RedriveOutcome outcome)
    {
        var report = outcome.Report;
        var what = outcome.Request.DryRun ? "to send" : "sent";
        var where = report.Sent == 0
            ? ""
            : ": " + string.Join(", ", report.SentByTopic.Select(each => $"{each.Value} {screen.Glyphs.Link} {each.Key}"));
        output.WriteLine(_ink.Bold(_ink.Good($"{screen.Glyphs.Whole} {Letters(report.Sent)} {what}{where}")));
        if (outcome.Request.DryRun)
        {
            output.WriteLine("  a dry run: nothing was sent, nothing was changed");
        }
    }

    private void WriteRest(RedriveOutcome outcome)
    {
        var report = outcome.Report;
        var how = outcome.Request.DryRun ? "would stay" : $"put back at the end of {outcome.Request.Topic}";
        if (report.PutBack > 0)
        {
            output.WriteLine($"  {Letters(report.PutBack)} not meant: {how}");
        }

        if (report.WithoutDestination > 0)
        {
            output.WriteLine(_ink.Bad(
                $"  {screen.Glyphs.Broken} {Letters(report.WithoutDestination)} without an original topic in the headers: {how}; --to TOPIC sends them"));
        }

        switch (report.End)
        {
            case RedriveEnd.LettersMax:
                output.WriteLine($"  ended at --max {outcome.Request.Max}; there may be more");
                break;
            case RedriveEnd.Cancelled:
                output.WriteLine("  stopped before the end; a further run goes on from here");
                break;
            default:
                break;
        }
    }

    private void WriteNext(RedriveOutcome outcome)
    {
        if (outcome.Request.DryRun && outcome.Report.Sent > 0)
        {
            output.WriteLine();
            output.WriteLine(_ink.Bold("Next"));
            output.WriteLine("  the same without --dry-run sends them");
        }
        else if (!outcome.Request.DryRun && outcome.Report.Sent > 0)
        {
            output.WriteLine(_ink.Dim($"  group {outcome.Report.GroupId} remembers what was sent: another run does not send it again"));
        }
    }

    private string Paint(in RedriveVerdict verdict, string text) => verdict.Decision switch
    {
        RedriveDecision.Send => text,
        RedriveDecision.PutBack => _ink.Dim(text),
        _ => _ink.Bad(text),
    };

    private static string Destination(DeadLetter letter, in RedriveVerdict verdict) => verdict.Decision switch
    {
        RedriveDecision.Send when verdict.Destination == letter.OriginalTopic => $"{verdict.Destination}[{letter.OriginalPartition}]",
        RedriveDecision.Send => verdict.Destination,
        RedriveDecision.PutBack => "(stays)",
        _ => "(unknown)",
    };

    // An exception's message may have lines; its namespace says little here.
    private static string Why(DeadLetter letter)
    {
        var type = letter.FailureType is { } full ? full[(full.LastIndexOf('.') + 1)..] : "";
        var message = letter.FailureMessage?.ReplaceLineEndings(" ") ?? "";
        return type.Length > 0 && message.Length > 0 ? $"{type}: {message}" : type + message;
    }

    private string Age(DateTimeOffset? failedAt) => failedAt is null ? "" : (time.GetUtcNow() - failedAt.Value) switch
    {
        { TotalSeconds: < 0 } => "in future",
        { TotalMinutes: < 1 } age => $"{(int)age.TotalSeconds} s ago",
        { TotalHours: < 1 } age => $"{(int)age.TotalMinutes} min ago",
        { TotalDays: < 2 } age => $"{(int)age.TotalHours} h ago",
        var age => $"{(int)age.TotalDays} d ago",
    };

    private string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + screen.Glyphs.Ellipsis;

    private static string Letters(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "letter" : "letters")}");
}

using Throughline.Kafka;

namespace Throughline.Cli.Redrive;

/// <summary>What became of the request.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Report">What was done.</param>
/// <param name="Letters">The letters to list, in the order in which they were seen.</param>
internal sealed record RedriveOutcome(
    RedriveRequest Request, RedriveReport Report, IReadOnlyList<(DeadLetter Letter, RedriveVerdict Verdict)> Letters)
{
    public long Seen => Report.Sent + Report.PutBack + Report.WithoutDestination;

    /// <summary>A letter that nobody can send back is something found.</summary>
    public int ExitCode => Report.WithoutDestination > 0 ? ExitCodes.Findings : ExitCodes.Ok;
}

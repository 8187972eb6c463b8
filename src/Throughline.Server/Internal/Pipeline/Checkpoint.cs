using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>Where the pipeline was when everything it had made was on disk.</summary>
/// <param name="Position">The log is read from here on: what lies before it was taken.</param>
/// <param name="StoreMark">How far the store was; null for a new one.</param>
/// <param name="Live">What was taken and is of traces that were not settled.</param>
/// <param name="Waiting">What was settled and still waited for a parent or a send.</param>
/// <param name="Undelivered">What was analysed, and was not durable in the store: it is kept again, and not analysed again.</param>
internal sealed record Checkpoint(
    long Position,
    string? StoreMark,
    IReadOnlyList<SpanPosition> Live,
    IReadOnlyList<SpanPosition> Waiting,
    IReadOnlyList<SpanPosition> Undelivered)
{
    public static Checkpoint None { get; } = new(0, null, [], [], []);

    /// <summary>The oldest position in the log that a restart would read.</summary>
    public long OldestNeeded =>
        Live.Concat(Waiting).Concat(Undelivered).Select(position => position.Entry).Append(Position).Min();
}

using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Journeys;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Journeys.Rows;

/// <summary>What is to be seen on a span's row.</summary>
internal static class SpanFlags
{
    private const string DeadLettered = "dead_lettered";

    public static RowFlags Of(JourneySpan span) => OfMarks(span.Marks) | OfFacts(span.Facts);

    private static RowFlags OfMarks(JourneyMarks marks) =>
        If(marks.HasFlag(JourneyMarks.Error), RowFlags.Error)
        | If(marks.HasFlag(JourneyMarks.Orphan), RowFlags.Orphan)
        | If(marks.HasFlag(JourneyMarks.ClockSkew), RowFlags.ClockSkew)
        | If(marks.HasFlag(JourneyMarks.Critical), RowFlags.Critical)
        | If(marks.HasFlag(JourneyMarks.Surrounding), RowFlags.Surrounding)
        | If(marks.HasFlag(JourneyMarks.Live), RowFlags.Live);

    private static RowFlags OfFacts(SpanFacts span)
    {
        var flags = If(span.Weight > 1, RowFlags.Weighted) | span.Kind switch
        {
            SpanKind.Producer => RowFlags.Producer,
            SpanKind.Consumer => RowFlags.Consumer,
            SpanKind.Server => RowFlags.Server,
            SpanKind.Client => RowFlags.Client,
            _ => RowFlags.None,
        };
        if (span.Messaging is not { } messaging)
        {
            return flags;
        }

        // A send into a retry topic tells its outcome, too: it is the processing that is marked.
        return flags
            | If(span.IsSend(), RowFlags.Send)
            | If(span.IsProcessing(), RowFlags.Process)
            | If(span.IsProcessing() && span.IsBatch(), RowFlags.Batch)
            | If(span.IsProcessing() && messaging.RetryRound > 0, RowFlags.Retry)
            | If(span.IsProcessing() && messaging.FailureDestination is not null,
                messaging.ProcessOutcome == DeadLettered ? RowFlags.DeadLettered : RowFlags.SentToRetry);
    }

    private static RowFlags If(bool condition, RowFlags flag) => condition ? flag : RowFlags.None;
}

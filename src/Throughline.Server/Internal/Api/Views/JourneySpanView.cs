using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Journeys;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>A span of a journey.</summary>
internal sealed record JourneySpanView : SpanSummaryView
{
    private JourneySpanView(JourneySpan span)
        : base(Of(span.Facts))
    {
        Marks = [.. Enum.GetValues<JourneyMarks>().Where(m => m != JourneyMarks.None && span.Marks.HasFlag(m)).Select(MessagingView.Camel)];
        OrphanCause = span.Orphan?.Cause;
        OrphanEvidence = span.Orphan?.Evidence;
        OrphanFix = span.Orphan is { } orphan ? OrphanAdvice.For(orphan.Cause, span.Facts.Source) : null;
    }

    /// <summary>What is to be shown on it.</summary>
    public IReadOnlyList<string> Marks { get; }

    /// <summary>Why it misses a parent or a context; null where it misses nothing.</summary>
    public OrphanCause? OrphanCause { get; }

    /// <summary>What was seen that made this the cause.</summary>
    public string? OrphanEvidence { get; }

    /// <summary>What to do about it.</summary>
    public OrphanFix? OrphanFix { get; }

    public static JourneySpanView Of(JourneySpan span) => new(span);
}

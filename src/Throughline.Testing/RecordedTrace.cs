using System.Diagnostics;

namespace Throughline.Testing;

/// <summary>The recorded spans of one trace, and what can be asserted about them.</summary>
public sealed class RecordedTrace
{
    private readonly IReadOnlyList<RecordedSpan> _everything;

    internal RecordedTrace(ActivityTraceId traceId, IReadOnlyList<RecordedSpan> everything)
    {
        _everything = everything;
        TraceId = traceId;
        Spans = [.. everything.Where(s => s.HasEnded && s.TraceId == traceId)];
        Running = [.. everything.Where(s => !s.HasEnded && s.TraceId == traceId)];
    }

    /// <summary>The trace's id.</summary>
    public ActivityTraceId TraceId { get; }

    /// <summary>The spans that have ended, in the order in which they did.</summary>
    public IReadOnlyList<RecordedSpan> Spans { get; }

    /// <summary>The spans that have started and not ended, as they were when they started.</summary>
    public IReadOnlyList<RecordedSpan> Running { get; }

    /// <summary>The one ended span of this name, to assert about it.</summary>
    /// <param name="name">The span's name.</param>
    /// <exception cref="TraceAssertionException">There is none, or there are several.</exception>
    [StackTraceHidden]
    public SpanAssertion Span(string name) => Single([.. Spans.Where(s => s.Name == name)], $"named \"{name}\"");

    /// <summary>The one ended span of this name that matches, to assert about it.</summary>
    /// <param name="name">The span's name.</param>
    /// <param name="matches">Tells it from others of that name.</param>
    /// <exception cref="TraceAssertionException">There is none, or there are several.</exception>
    [StackTraceHidden]
    public SpanAssertion Span(string name, Func<RecordedSpan, bool> matches) =>
        Single([.. Spans.Where(s => s.Name == name && matches(s))], $"named \"{name}\" that matches");

    /// <summary>Asserts how many spans have ended.</summary>
    /// <param name="count">How many.</param>
    /// <returns>This trace.</returns>
    /// <exception cref="TraceAssertionException">There are more or fewer.</exception>
    [StackTraceHidden]
    public RecordedTrace HasSpans(int count) =>
        Spans.Count == count ? this : throw Failure($"Expected {count} ended spans in the trace; there are {Spans.Count}.");

    /// <summary>Asserts that every span's parent is among the recorded spans of the trace, or is declared here.</summary>
    /// <param name="remoteParents">Parents whose spans other processes or the test itself hold.</param>
    /// <returns>This trace.</returns>
    /// <exception cref="TraceAssertionException">A span has another parent.</exception>
    [StackTraceHidden]
    public RecordedTrace AssertNoOrphans(params IReadOnlyCollection<ActivitySpanId> remoteParents)
    {
        var known = Spans.Concat(Running).Select(s => s.SpanId).Concat(remoteParents).ToHashSet();
        var orphan = Spans.FirstOrDefault(s => !s.IsRoot && !known.Contains(s.ParentSpanId));
        return orphan is null
            ? this
            : throw Failure($"\"{orphan.Name}\" is an orphan: its parent {orphan.ParentSpanId} was not recorded.");
    }

    /// <summary>The trace as a tree.</summary>
    public override string ToString() => TraceTree.Render(Everything);

    internal IReadOnlyList<RecordedSpan> Everything => [.. Spans, .. Running];

    internal TraceAssertionException Failure(string message) => TraceAssertionException.WithTree(message, Everything);

    /// <summary>The spans with this name in every recorded trace: a link may point into another one.</summary>
    internal IEnumerable<RecordedSpan> Anywhere(string name) => _everything.Where(s => s.Name == name);

    [StackTraceHidden]
    private SpanAssertion Single(List<RecordedSpan> found, string which)
    {
        if (found.Count == 1)
        {
            return new SpanAssertion(found[0], this);
        }

        var running = found.Count == 0 && Running.Any(s => which.Contains($"\"{s.Name}\"", StringComparison.Ordinal));
        throw Failure(
            $"Expected one ended span {which}; there {(found.Count == 0 ? "is none" : $"are {found.Count}")}"
            + $"{(running ? ", but one has started" : "")}.");
    }
}

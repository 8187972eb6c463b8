using System.Diagnostics;
using Throughline.Testing.Internal;

namespace Throughline.Testing;

/// <summary>Asserts about one span; every method returns the same object, so that they can be chained.</summary>
/// <remarks>Each throws <see cref="TraceAssertionException"/>, which ends with the trace, where the span is otherwise.</remarks>
[StackTraceHidden]
public sealed class SpanAssertion
{
    private readonly RecordedTrace _trace;

    internal SpanAssertion(RecordedSpan span, RecordedTrace trace)
    {
        Span = span;
        _trace = trace;
    }

    /// <summary>The span itself.</summary>
    public RecordedSpan Span { get; }

    /// <summary>It has no parent.</summary>
    public SpanAssertion IsRoot() =>
        Check(Span.IsRoot, "has no parent", () => $"its parent is {Describe(Span.ParentSpanId)}");

    /// <summary>Its parent is a span of this name in its trace, ended or not.</summary>
    /// <param name="name">The parent's name.</param>
    public SpanAssertion HasParent(string name) =>
        Check(
            _trace.Everything.Any(s => s.Name == name && s.SpanId == Span.ParentSpanId),
            $"has the parent \"{name}\"",
            () => $"its parent is {Describe(Span.ParentSpanId)}");

    /// <summary>Its parent is this span, and they are of one trace.</summary>
    /// <param name="parent">The parent.</param>
    public SpanAssertion HasParent(RecordedSpan parent) => HasParent(parent.Context);

    /// <summary>Its parent is the span that this context names, and they are of one trace.</summary>
    /// <param name="parent">The parent's context, such as that of an Activity which no recorder sees.</param>
    public SpanAssertion HasParent(ActivityContext parent) =>
        Check(
            Span.TraceId == parent.TraceId && Span.ParentSpanId == parent.SpanId,
            $"has the parent {parent.TraceId}/{parent.SpanId}",
            () => $"its parent is {Span.TraceId}/{Describe(Span.ParentSpanId)}");

    /// <summary>One of its links points to a recorded span of this name, in whatever trace.</summary>
    /// <param name="name">The linked span's name.</param>
    public SpanAssertion HasLinkTo(string name) =>
        Check(
            _trace.Anywhere(name).Any(target => LinksTo(target.Context)), $"has a link to \"{name}\"", DescribeLinks);

    /// <summary>One of its links points to this span.</summary>
    /// <param name="target">The linked span.</param>
    public SpanAssertion HasLinkTo(RecordedSpan target) => HasLinkTo(target.Context);

    /// <summary>One of its links points to the span that this context names.</summary>
    /// <param name="target">The linked span's context.</param>
    public SpanAssertion HasLinkTo(ActivityContext target) =>
        Check(LinksTo(target), $"has a link to {target.TraceId}/{target.SpanId}", DescribeLinks);

    /// <summary>It has that many links.</summary>
    /// <param name="count">How many; 0 for none.</param>
    public SpanAssertion HasLinks(int count) => Check(Span.Links.Count == count, $"has {count} links", DescribeLinks);

    /// <summary>It is of this kind.</summary>
    /// <param name="kind">The kind.</param>
    public SpanAssertion HasKind(ActivityKind kind) =>
        Check(Span.Kind == kind, $"is of kind {kind}", () => $"it is of kind {Span.Kind}");

    /// <summary>It has this status.</summary>
    /// <param name="status">The status.</param>
    public SpanAssertion HasStatus(ActivityStatusCode status) =>
        Check(Span.Status == status, $"has status {status}", DescribeStatus);

    /// <summary>It has this status and this description.</summary>
    /// <param name="status">The status.</param>
    /// <param name="description">The description; null for none.</param>
    public SpanAssertion HasStatus(ActivityStatusCode status, string? description) =>
        Check(
            Span.Status == status && Span.StatusDescription == description,
            $"has status {status} \"{description}\"",
            DescribeStatus);

    /// <summary>It has a tag of this name, with whatever value.</summary>
    /// <param name="name">The tag's name.</param>
    public SpanAssertion HasTag(string name) =>
        Check(Span.Tags.ContainsKey(name), $"has the tag {name}", () => "it has no such tag");

    /// <summary>It has this tag. Integers of any width are equal by value, arrays element by element.</summary>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">The tag's value.</param>
    public SpanAssertion HasTag(string name, object? value) =>
        Check(
            Span.Tags.TryGetValue(name, out var actual) && TagValue.AreEqual(value, actual),
            $"has the tag {name} = {TagValue.Describe(value)}",
            () => Span.Tags.TryGetValue(name, out var other) ? $"it is {TagValue.Describe(other)}" : "it has no such tag");

    /// <summary>It has no tag of this name.</summary>
    /// <param name="name">The tag's name.</param>
    public SpanAssertion HasNoTag(string name) =>
        Check(!Span.Tags.ContainsKey(name), $"has no tag {name}", () => $"it is {TagValue.Describe(Span.Tag(name))}");

    /// <summary>It has an event of this name.</summary>
    /// <param name="name">The event's name.</param>
    public SpanAssertion HasEvent(string name) =>
        Check(
            Span.Events.Any(e => e.Name == name),
            $"has the event \"{name}\"",
            () => Span.Events.Count == 0 ? "it has no events" : $"it has {string.Join(", ", Span.Events.Select(e => e.Name))}");

    private bool LinksTo(ActivityContext target) =>
        Span.Links.Any(l => l.Context.TraceId == target.TraceId && l.Context.SpanId == target.SpanId);

    private string DescribeLinks() => Span.Links.Count switch
    {
        0 => "it has no links",
        1 => "it has 1 link",
        var count => $"it has {count} links",
    };

    private string DescribeStatus() =>
        $"its status is {Span.Status}{(Span.StatusDescription is { } text ? $" \"{text}\"" : "")}";

    private string Describe(ActivitySpanId parent)
    {
        if (parent == default)
        {
            return "none";
        }

        var name = _trace.Everything.FirstOrDefault(s => s.SpanId == parent)?.Name;
        return name is null ? $"{parent}, which was not recorded" : $"\"{name}\" ({parent})";
    }

    private SpanAssertion Check(bool holds, string expected, Func<string> found) =>
        holds ? this : throw _trace.Failure($"Expected that \"{Span.Name}\" ({Span.SpanId}) {expected}; {found()}.");
}

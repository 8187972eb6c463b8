using System.Diagnostics;

namespace Throughline.Testing;

/// <summary>
/// Which spans concern a test. Listening to Activities is process-wide, so that a recorder sees the spans of every test that
/// runs beside its own, and a sampler decides about them, unless a scope keeps them apart.
/// </summary>
/// <remarks>
/// A trace that has one span in scope is in scope from then on: spans below, and those above that end later, are recorded
/// without matching themselves.
/// </remarks>
public sealed class SpanScope
{
    private const string DestinationName = "messaging.destination.name";

    private readonly Func<ActivityCreationOptions<ActivityContext>, bool> _creation;
    private readonly Func<Activity, bool> _activity;

    private SpanScope(Func<ActivityCreationOptions<ActivityContext>, bool> creation, Func<Activity, bool> activity)
    {
        _creation = creation;
        _activity = activity;
    }

    /// <summary>Every span.</summary>
    public static SpanScope All { get; } = new(_ => true, _ => true);

    /// <summary>The spans of one trace, and of those whose spans link to it.</summary>
    /// <param name="traceId">The trace, such as that of an Activity which the test starts around everything else.</param>
    public static SpanScope Trace(ActivityTraceId traceId) => new(
        options => options.Parent.TraceId == traceId || LinksTo(options.Links ?? [], traceId),
        activity => activity.TraceId == traceId || LinksTo(activity.Links, traceId));

    /// <summary>The traces in which a span works on this topic or queue (tag <c>messaging.destination.name</c>).</summary>
    /// <param name="name">The destination's name; one that no other test uses.</param>
    public static SpanScope Destination(string name) => Tag(DestinationName, name);

    /// <summary>The traces in which a span has this tag. The sampler knows only tags that are there when the span starts.</summary>
    /// <param name="name">The tag's name.</param>
    /// <param name="value">The tag's value.</param>
    public static SpanScope Tag(string name, object? value) => new(
        options => (options.Tags ?? []).Any(tag => tag.Key == name && Equals(tag.Value, value)),
        activity => Equals(activity.GetTagItem(name), value));

    /// <summary>
    /// The traces in which a span matches. It is asked when a span starts and again when it ends, on the thread of the code
    /// under test; it does not narrow what is sampled.
    /// </summary>
    /// <param name="matches">Looks at the live Activity and must not keep or change it.</param>
    public static SpanScope Matching(Func<Activity, bool> matches) => new(_ => true, matches);

    /// <summary>What is in this scope or in the other one.</summary>
    /// <param name="other">The other one.</param>
    public SpanScope Or(SpanScope other) => new(
        options => _creation(options) || other._creation(options),
        activity => _activity(activity) || other._activity(activity));

    internal bool Includes(in ActivityCreationOptions<ActivityContext> options) => _creation(options);

    internal bool Includes(Activity activity) => _activity(activity);

    private static bool LinksTo(IEnumerable<ActivityLink> links, ActivityTraceId traceId) =>
        links.Any(link => link.Context.TraceId == traceId);
}

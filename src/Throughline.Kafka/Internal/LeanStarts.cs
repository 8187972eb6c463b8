using System.Diagnostics;

namespace Throughline.Kafka.Internal;

/// <summary>
/// Starts those spans of one operation that will probably not be recorded without attributes and links, which .NET copies
/// (some 500 B) although nobody will see them. If one is recorded after all, they are added before it starts.
/// </summary>
/// <remarks>
/// A sampler that looks at them sees them: whether one did shows in how often they were walked. Then the activity, which has
/// not been started, is dropped, and made anew with all of them; from then on each is.
/// </remarks>
internal sealed class LeanStarts
{
    private volatile bool _areLookedAt;
    private volatile bool _rootsAreRecorded = true;

    /// <summary>Starts under a received context, or as a new trace when it is <see langword="default"/> and nothing is current.</summary>
    /// <param name="received">The parent.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="shape">The name and the attributes.</param>
    /// <param name="linked">What it links to; <see langword="default"/> for nothing.</param>
    internal Activity? Start(in ActivityContext received, ActivityKind kind, SpanShape shape, in ActivityContext linked)
    {
        var isRoot = received.TraceId == default;
        var isLean = !_areLookedAt && !(isRoot ? _rootsAreRecorded : IsRecorded(received)) && shape.StartTags is StartTags;
        if (!isLean || !TryStart(received, kind, shape, linked, out var activity))
        {
            ActivityLink[]? links = linked.TraceId == default ? null : [new ActivityLink(linked)];
            activity = Telemetry.Spans.StartActivity(shape.Name, kind, received, shape.StartTags, links);
        }

        if (isRoot && _rootsAreRecorded != activity is { IsAllDataRequested: true })
        {
            _rootsAreRecorded = !_rootsAreRecorded;
        }

        return activity;
    }

    private static bool IsRecorded(in ActivityContext context) =>
        (context.TraceFlags & ActivityTraceFlags.Recorded) != ActivityTraceFlags.None;

    private bool TryStart(
        in ActivityContext received, ActivityKind kind, SpanShape shape, in ActivityContext linked, out Activity? activity)
    {
        var links = linked.TraceId == default ? null : SamplerLook.NoLinks;
        SamplerLook.Begin();
        int walks;
        try
        {
            activity = Telemetry.Spans.CreateActivity(shape.Name, kind, received, shape.StartTags, links);
        }
        finally
        {
            walks = SamplerLook.End();
        }

        // The activity itself walks each of them once; a sampler's own attributes must come behind.
        if (walks > (activity is null ? 0 : links is null ? 1 : 2) || (activity is not null && HasTags(activity)))
        {
            _areLookedAt = true;
            return false;
        }

        if (activity is { IsAllDataRequested: true })
        {
            Fill(activity, shape, linked);
        }

        activity?.Start();
        return true;
    }

    private static bool HasTags(Activity activity) => activity.EnumerateTagObjects().MoveNext();

    private static void Fill(Activity activity, SpanShape shape, in ActivityContext linked)
    {
        foreach (var (name, value) in shape.StartTags)
        {
            activity.AddTag(name, value);
        }

        if (linked.TraceId != default)
        {
            activity.AddLink(new ActivityLink(linked));
        }
    }
}

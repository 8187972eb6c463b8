using System.Diagnostics;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>Starts an activity under a parent that is chosen, not found. It is current afterwards.</summary>
internal static class SpanStart
{
    private const ActivityTraceFlags Random = (ActivityTraceFlags)0x02;

    /// <summary>Starts under a running activity of this flow, or as a new trace when there is none.</summary>
    /// <param name="parent">That activity.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="shape">The name and the attributes.</param>
    /// <param name="links">What it links to.</param>
    /// <param name="lean">For what will probably not be recorded; only where there are no links.</param>
    internal static Activity? Under(
        Activity? parent, ActivityKind kind, SpanShape shape, ActivityLink[]? links, LeanStarts? lean = null)
    {
        if (parent is null or ForwardedActivity)
        {
            var received = (parent as ForwardedActivity)?.Received ?? default;
            return lean is null || links is not null
                ? Under(received, kind, shape, links)
                : Under(received, kind, shape, lean, linked: default);
        }

        MakeCurrent(parent);
        var activity = Telemetry.Spans.StartActivity(shape.Name, kind, parentContext: default, shape.StartTags, links);
        if (activity is not null && (parent.ActivityTraceFlags & Random) == Random)
        {
            // W3C level 2: whoever continues a trace keeps its random flag. Under a local parent .NET drops it.
            activity.ActivityTraceFlags |= Random;
        }

        return activity;
    }

    /// <summary>Starts under a received context, or as a new trace when it is <see langword="default"/>.</summary>
    internal static Activity? Under(in ActivityContext received, ActivityKind kind, SpanShape shape, ActivityLink[]? links)
    {
        if (received.TraceId == default)
        {
            // Without a parent of its own an activity takes the current one.
            MakeCurrent(null);
        }

        return Telemetry.Spans.StartActivity(shape.Name, kind, received, shape.StartTags, links);
    }

    /// <summary>The same with a link, if <paramref name="linked"/> is not <see langword="default"/>.</summary>
    internal static Activity? Under(
        in ActivityContext received, ActivityKind kind, SpanShape shape, LeanStarts lean, in ActivityContext linked)
    {
        if (received.TraceId == default)
        {
            MakeCurrent(null);
        }

        return lean.Start(received, kind, shape, linked);
    }

    private static void MakeCurrent(Activity? activity)
    {
        if (Activity.Current != activity)
        {
            Activity.Current = activity;
        }
    }
}

using System.Diagnostics;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>Starts an activity under a parent that is chosen, not found. It is current afterwards.</summary>
internal static class SpanStart
{
    private const ActivityTraceFlags Random = (ActivityTraceFlags)0x02;

    /// <summary>Starts under a running activity of this flow, or as a new trace when there is none.</summary>
    internal static Activity? Under(Activity? parent, ActivityKind kind, SpanShape shape, ActivityLink[]? links)
    {
        if (parent is ForwardedActivity forwarded)
        {
            return Under(forwarded.Received, kind, shape, links);
        }

        MakeCurrent(parent);
        var activity = Telemetry.Spans.StartActivity(shape.Name, kind, parentContext: default, shape.StartTags, links);
        if (activity is not null && parent is not null
            && (parent.ActivityTraceFlags & Random) == Random)
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

    private static void MakeCurrent(Activity? activity)
    {
        if (Activity.Current != activity)
        {
            Activity.Current = activity;
        }
    }
}

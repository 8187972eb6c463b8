using System.Diagnostics;
using OpenTelemetry;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation;

/// <summary>What the calling flow would put on a message sent now: taken once, since each look costs.</summary>
public readonly struct AmbientContext
{
    private AmbientContext(Activity? activity, Baggage baggage)
    {
        Activity = activity;
        Baggage = baggage;
    }

    /// <summary>
    /// The nearest running activity around the caller, or <see langword="null"/>. A stopped activity can stay current
    /// where it was stopped in another flow; it is never taken for a parent.
    /// </summary>
    public Activity? Activity { get; }

    /// <summary>The flow's baggage.</summary>
    public Baggage Baggage { get; }

    /// <summary>Whether there is nothing to send along.</summary>
    public bool IsEmpty => Activity is null && Baggage.Count == 0;

    /// <summary>
    /// The trace context to send along: that of <see cref="Activity"/>, or the received one where the flow only forwards
    /// it; <see langword="default"/> when there is none or its ids are not W3C ids.
    /// </summary>
    public ActivityContext TraceContext => Activity switch
    {
        null => default,
        ForwardedActivity forwarded => forwarded.Received,
        { IdFormat: ActivityIdFormat.W3C } => Activity.Context,
        _ => default,
    };

    /// <summary>The calling flow's, now. Allocates nothing.</summary>
    public static AmbientContext Take() => EmptyFlow.IsHere
        ? default
        : new(NearestRunning(System.Diagnostics.Activity.Current), Baggage.Current);

    /// <summary><paramref name="activity"/> itself while it runs, else the nearest of its parents in this process that does.</summary>
    public static Activity? NearestRunning(Activity? activity)
    {
        while (activity is { IsStopped: true })
        {
            activity = activity.Parent;
        }

        return activity;
    }
}

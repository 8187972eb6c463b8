using System.Diagnostics;

namespace Throughline.Propagation;

/// <summary>
/// Keeps a received context current where nobody records a span for it: spans and HTTP calls below it stay in the
/// trace, and messages sent from it carry <see cref="Received"/> itself, so their parent is a span that exists.
/// </summary>
/// <remarks>Never exported: it belongs to no <see cref="ActivitySource"/> that anybody listens to.</remarks>
public sealed class ForwardedActivity : Activity
{
    private ForwardedActivity(string name, in ActivityContext received)
        : base(name)
    {
        Received = received;
    }

    /// <summary>The context as it was received.</summary>
    public ActivityContext Received { get; }

    /// <summary>Starts one and makes it current; stop it like any activity.</summary>
    /// <param name="name">The operation's name, for whoever prints <see cref="Activity.Current"/>.</param>
    /// <param name="received">A valid received context.</param>
    public static ForwardedActivity Start(string name, in ActivityContext received)
    {
        var activity = new ForwardedActivity(name, received);
        activity.SetParentId(received.TraceId, received.SpanId, received.TraceFlags);
        activity.TraceStateString = received.TraceState;
        activity.IsAllDataRequested = false;
        activity.Start();
        return activity;
    }
}

using System.Diagnostics;
using OpenTelemetry;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation;

/// <summary>
/// The ambient context of a flow as it was, to be put back when a message's handler is done. Open it before the span
/// starts, close it to stop the span.
/// </summary>
/// <remarks>Keep it in one place (a field): it is a mutable struct only so that a scope costs no object of its own.</remarks>
public struct AmbientScope
{
    private readonly Activity? _previousActivity;
    private readonly object? _previousBaggage;
    private object? _ownBaggage;

    private AmbientScope(Activity? previousActivity, object? previousBaggage)
    {
        _previousActivity = previousActivity;
        _previousBaggage = previousBaggage;
    }

    /// <summary>
    /// Remembers the flow's activity and baggage and gives it a baggage holder of its own with
    /// <paramref name="received"/>, so that nothing set inside is seen outside.
    /// </summary>
    public static AmbientScope Open(in Baggage received)
    {
        var scope = new AmbientScope(Activity.Current, BaggageSlot.Holder);
        if (received.Count > 0 || scope._previousBaggage is not null)
        {
            BaggageSlot.SetFresh(received);
            scope._ownBaggage = BaggageSlot.Holder;
        }

        return scope;
    }

    /// <summary>
    /// Stops <paramref name="own"/> and puts back what was there before. In a flow that is not inside
    /// <paramref name="own"/> it only stops it: that flow's ambient context stays as it is.
    /// </summary>
    /// <param name="own">The activity that was made current inside the scope; <see langword="null"/> if there was none.</param>
    public readonly void Close(Activity? own)
    {
        var here = Activity.Current;
        var inside = IsOwnBaggage() || IsInside(here, own);
        try
        {
            own?.Stop();
        }
        finally
        {
            // Stop makes the predecessor current, in whichever flow it runs.
            SetCurrent(inside ? _previousActivity : here);
            if (inside && BaggageSlot.Holder != _previousBaggage)
            {
                BaggageSlot.SetHolder(_previousBaggage);
            }
        }
    }

    private static bool IsInside(Activity? here, Activity? own)
    {
        while (here is not null && here != own)
        {
            here = here.Parent;
        }

        return here is not null && own is not null;
    }

    private static void SetCurrent(Activity? activity)
    {
        activity = AmbientContext.NearestRunning(activity);
        if (Activity.Current != activity)
        {
            Activity.Current = activity;
        }
    }

    private readonly bool IsOwnBaggage() => _ownBaggage is not null && BaggageSlot.Holder == _ownBaggage;
}

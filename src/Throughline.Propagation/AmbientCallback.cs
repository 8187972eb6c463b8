using System.Diagnostics;
using OpenTelemetry;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation;

/// <summary>
/// A synchronous callback that runs inside an activity and its baggage, on a thread that is nobody's:
/// <c>using (AmbientCallback.Enter(…)) { … }</c> puts back what was there, whatever the callback left behind.
/// </summary>
public readonly ref struct AmbientCallback
{
    private readonly Activity? _previousActivity;
    private readonly object? _previousBaggage;

    private AmbientCallback(Activity? previousActivity, object? previousBaggage)
    {
        _previousActivity = previousActivity;
        _previousBaggage = previousBaggage;
    }

    /// <summary>Makes <paramref name="activity"/> and <paramref name="baggage"/> current on this thread.</summary>
    public static AmbientCallback Enter(Activity activity, in Baggage baggage)
    {
        var callback = new AmbientCallback(Activity.Current, BaggageSlot.Holder);
        Activity.Current = activity;
        BaggageSlot.SetFresh(baggage);
        return callback;
    }

    /// <summary>Puts back what was there before.</summary>
    public void Dispose()
    {
        Activity.Current = AmbientContext.NearestRunning(_previousActivity);
        BaggageSlot.SetHolder(_previousBaggage);
    }
}

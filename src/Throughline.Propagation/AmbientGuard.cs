using System.Diagnostics;

namespace Throughline.Propagation;

/// <summary>
/// Starts or stops an activity beside the calling flow: <c>using (AmbientGuard.Take()) { … }</c> leaves the flow's ambient
/// context as it was, whatever happens inside.
/// </summary>
/// <remarks>
/// It puts the execution context back, as the end of an async method does: no object, no
/// <see cref="Activity.CurrentChanged"/>. It must not enclose code of the application.
/// </remarks>
public readonly ref struct AmbientGuard
{
    private readonly ExecutionContext? _before;
    private readonly Activity? _activity;

    private AmbientGuard(ExecutionContext? before, Activity? activity)
    {
        _before = before;
        _activity = activity;
    }

    /// <summary>Remembers the calling flow's ambient context.</summary>
    public static AmbientGuard Take()
    {
        var before = ExecutionContext.Capture();
        return new(before, before is null ? Activity.Current : null);
    }

    /// <summary>Puts it back.</summary>
    public void Dispose()
    {
        if (_before is not null)
        {
            ExecutionContext.Restore(_before);
        }
        else if (Activity.Current != _activity)
        {
            // The flow is suppressed: there is no execution context to put back.
            Activity.Current = AmbientContext.NearestRunning(_activity);
        }
    }
}

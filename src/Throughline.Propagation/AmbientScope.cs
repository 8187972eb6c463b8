using System.Diagnostics;
using OpenTelemetry;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation;

/// <summary>
/// What was ambient in a flow before a message was handled there, to be put back when the handler is done: the current
/// activity and the baggage. Open it before the span starts; closing it stops the span.
/// </summary>
/// <remarks>
/// The innermost open scope travels with the flow: so a scope knows whether it is closed where it was opened, whatever
/// the handler made current and left behind.
/// </remarks>
public sealed class AmbientScope
{
    // Scopes that nobody closes would otherwise hold each other for good.
    private const int DepthMax = 64;

    private static readonly AsyncLocal<AmbientScope?> Innermost = new();

    // Around the scopes of a flow in which the companion of an ended one may be left: open, and nobody's.
    private static readonly AmbientScope Outside = new(null, null, null);

    private readonly AmbientScope? _enclosing;
    private readonly Activity? _previousActivity;
    private readonly object? _previousBaggage;
    private readonly int _depth;
    private ExecutionContext? _outside;
    private ExecutionContext? _inside;
    private IDisposable? _companion;
    private volatile bool _isClosed;

    private AmbientScope(AmbientScope? enclosing, Activity? previousActivity, object? previousBaggage)
    {
        _enclosing = enclosing is { _depth: >= DepthMax } ? null : enclosing;
        _depth = _enclosing is null ? 0 : _enclosing._depth + 1;
        _previousActivity = previousActivity;
        _previousBaggage = previousBaggage;
    }

    /// <summary>The innermost scope of the calling flow, open or closed elsewhere; <see langword="null"/> outside of any.</summary>
    public static AmbientScope? Current => Innermost.Value;

    /// <summary>The scope that was open around this one when it was opened.</summary>
    public AmbientScope? Enclosing => _enclosing;

    /// <summary>What <see cref="Accompany"/> was given.</summary>
    public IDisposable? Companion => _companion;

    /// <summary>
    /// Remembers the flow's activity and baggage, and puts <paramref name="received"/> in the place of its baggage: nothing
    /// that is set inside is seen outside.
    /// </summary>
    public static AmbientScope Open(in Baggage received)
    {
        var (enclosing, activity, baggage) = (Innermost.Value, Activity.Current, BaggageSlot.Holder);
        var outside = enclosing is { _isClosed: true } ? null : ExecutionContext.Capture();
        var hasBaggage = baggage is not null;

        // Closed in another flow: this one still has what it made current. A companion that was disposed there cannot be
        // taken out here: it has to see that it is not within its scope.
        var leftover = false;
        while (enclosing is { _isClosed: true })
        {
            activity = AmbientContext.NearestRunning(activity) ?? enclosing._previousActivity;
            baggage = enclosing._previousBaggage;
            leftover |= enclosing._companion is not null;
            enclosing._companion?.Dispose();
            enclosing = enclosing._enclosing;
        }

        var scope = new AmbientScope(enclosing ?? (leftover ? Outside : null), activity, baggage) { _outside = outside };
        Innermost.Value = scope;
        if (received.Count > 0)
        {
            BaggageSlot.SetFresh(received);
        }
        else if (hasBaggage)
        {
            // The handler makes one of its own when it sets something.
            BaggageSlot.SetHolder(null);
        }

        return scope;
    }

    /// <summary>
    /// Has something else that is ambient (a logging scope) end with this one, in the flow that the scope was opened in and
    /// nowhere else: closed elsewhere, it stays until that flow opens another scope. Where the handler has changed nothing
    /// ambient it is not disposed: the whole context is put back, and the companion was part of it.
    /// </summary>
    /// <param name="companion">What to dispose; it must not throw, and may be disposed more than once.</param>
    public void Accompany(IDisposable companion) => _companion = companion;

    /// <summary>
    /// Says that all is set up: what is ambient from now on, the handler makes. Without it the scope closes more slowly.
    /// </summary>
    public void Settle() => _inside = ExecutionContext.Capture();

    /// <summary>
    /// Stops <paramref name="own"/> and puts back what was there before. In a flow that the scope was not opened in, or
    /// while an inner scope is still open, it only stops it: what is ambient there stays.
    /// </summary>
    /// <param name="own">The activity that was started inside the scope; <see langword="null"/> if there was none.</param>
    public void Close(Activity? own)
    {
        if (IsUntouched())
        {
            CloseUntouched(own);
            return;
        }

        var here = Activity.Current;
        var isInnermost = Innermost.Value == this;
        try
        {
            own?.Stop();
        }
        finally
        {
            _isClosed = true;
            if (isInnermost)
            {
                Restore();
            }
            else
            {
                // Stop makes the predecessor current, in whichever flow it runs.
                SetCurrent(here);
            }
        }
    }

    // The very context that was there when all was set up: the handler has changed nothing, so that everything can be put
    // back at once, with no object. One by one it takes a context for each of three values (90 B and 30 ns each).
    private bool IsUntouched() => _outside is not null && _inside is not null
        && ExecutionContext.Capture() == _inside
        && _enclosing is not { _isClosed: true }
        && _previousActivity is not { IsStopped: true };

    private void CloseUntouched(Activity? own)
    {
        try
        {
            own?.Stop();
        }
        finally
        {
            // The companion is gone with the context. Not disposed: this may be a fork, and its own flow still has it.
            _isClosed = true;
            ExecutionContext.Restore(_outside!);
        }
    }

    private void Restore()
    {
        // Enclosing scopes that were closed before this one have nothing to put back any more.
        var outermost = this;
        _companion?.Dispose();
        while (outermost._enclosing is { _isClosed: true } enclosing)
        {
            outermost = enclosing;
            outermost._companion?.Dispose();
        }

        Innermost.Value = outermost._enclosing;
        SetCurrent(outermost._previousActivity);
        if (BaggageSlot.Holder != outermost._previousBaggage)
        {
            BaggageSlot.SetHolder(outermost._previousBaggage);
        }
    }

    private static void SetCurrent(Activity? activity)
    {
        activity = AmbientContext.NearestRunning(activity);
        if (Activity.Current != activity)
        {
            Activity.Current = activity;
        }
    }
}

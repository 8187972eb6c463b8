namespace Throughline.Kafka.Internal.Capture;

/// <summary>
/// One call of a hook, under the eyes of <see cref="HookWatch"/>; used again for others. The state says who may touch it:
/// whoever moves it out of <c>Running</c>, the caller at the end or the watch, has it.
/// </summary>
internal sealed class HookCall
{
    private const int Free = 0;
    private const int Setting = 1;
    private const int Running = 2;
    private const int Interrupting = 3;
    private const int Interrupted = 4;
    private const int Stuck = 5;

    // A hook that sends would call itself, and so on.
    [ThreadStatic]
    private static bool _isInHook;

    private int _state;
    private long _startedMs;
    private Thread? _thread;
    private Hook? _hook;

    internal static bool IsInHook => _isInHook;

    internal bool TryBegin(Hook hook)
    {
        if (Volatile.Read(ref _state) != Free || Interlocked.CompareExchange(ref _state, Setting, Free) != Free)
        {
            return false;
        }

        _thread = Thread.CurrentThread;
        _hook = hook;
        Volatile.Write(ref _startedMs, Environment.TickCount64);
        Volatile.Write(ref _state, Running);
        _isInHook = true;
        return true;
    }

    /// <summary>Contains what the hook threw; called before <see cref="End"/>.</summary>
    internal void Threw(Exception exception)
    {
        if (exception is not ThreadInterruptedException)
        {
            _hook!.Threw(exception);
        }
        else if (Volatile.Read(ref _state) == Running)
        {
            // Somebody else's interruption, meant for what the thread does next.
            _hook!.Threw(exception);
            Thread.CurrentThread.Interrupt();
        }
    }

    /// <summary>Ends the call, on its own thread. No interruption of the watch's outlives this.</summary>
    internal void End()
    {
        _isInHook = false;
        var wait = default(SpinWait);
        while (Interlocked.CompareExchange(ref _state, Free, Running) != Running)
        {
            if (Volatile.Read(ref _state) is Interrupted or Stuck)
            {
                TakeInterruption();
                Volatile.Write(ref _state, Free);
                return;
            }

            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Interrupts the call if it is overdue, once; says so if that was no help. The watch's.</summary>
    internal void Check(long callMaxMs)
    {
        var overdueMs = Environment.TickCount64 - Volatile.Read(ref _startedMs) - callMaxMs;
        if (overdueMs < 0)
        {
            return;
        }

        if (Interlocked.CompareExchange(ref _state, Interrupting, Running) == Running)
        {
            Interrupt(callMaxMs);
        }
        else if (overdueMs > callMaxMs && Interlocked.CompareExchange(ref _state, Stuck, Interrupted) == Interrupted)
        {
            _hook!.IsStuck();
        }
    }

    /// <summary>Whether it runs, or did so lately.</summary>
    internal bool IsInUse(long sinceMs) => Volatile.Read(ref _state) != Free || Volatile.Read(ref _startedMs) >= sinceMs;

    private void Interrupt(long callMaxMs)
    {
        // Since the look at its clock it may have ended and begun again.
        if (Environment.TickCount64 - _startedMs < callMaxMs)
        {
            Volatile.Write(ref _state, Running);
            return;
        }

        var hook = _hook!;
        _thread!.Interrupt();
        Volatile.Write(ref _state, Interrupted);
        hook.Overran();
    }

    // The hook may have got it already, or never have blocked since: then it waits for this.
    private static void TakeInterruption()
    {
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
            // That one.
        }
    }
}

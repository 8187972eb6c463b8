namespace Throughline.Kafka.Internal.Capture;

/// <summary>
/// Sees to it that a hook that hangs holds up few calls, and those not for ever: a call that takes too long is
/// interrupted, where it waits. A thread of its own, since hung hooks take the pool's; it ends when no hook is called.
/// </summary>
internal sealed class HookWatch(TimeSpan callMax)
{
    // Calls at once, a power of two; one beyond them is left out.
    private const int CallsMax = 256;

    private const int IdleMs = 10_000;

    private readonly HookCall[] _calls = [.. Enumerable.Range(0, CallsMax).Select(_ => new HookCall())];
    private readonly long _callMaxMs = Math.Max(1, (long)callMax.TotalMilliseconds);
    private int _isWatching;

    /// <summary>Begins a call, which the caller ends. <see langword="null"/>: the hook is not to be called.</summary>
    internal HookCall? TryBegin(Hook hook)
    {
        if (hook.IsOff || HookCall.IsInHook)
        {
            return null;
        }

        // Each thread begins its search elsewhere, and mostly where it was before.
        var first = Environment.CurrentManagedThreadId;
        for (var i = 0; i < CallsMax; i++)
        {
            var call = _calls[(first + i) & (CallsMax - 1)];
            if (call.TryBegin(hook))
            {
                Watch();
                return call;
            }
        }

        hook.FoundNoRoom();
        return null;
    }

    private void Watch()
    {
        if (Volatile.Read(ref _isWatching) == 0 && Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            new Thread(Run) { IsBackground = true, Name = "Throughline hooks" }.UnsafeStart();
        }
    }

    private void Run()
    {
        var tick = TimeSpan.FromMilliseconds(Math.Max(1, _callMaxMs / 4));
        do
        {
            do
            {
                Thread.Sleep(tick);
                foreach (var call in _calls)
                {
                    call.Check(_callMaxMs);
                }
            }
            while (IsInUse());

            // A call that began meanwhile saw it watched.
            Interlocked.Exchange(ref _isWatching, 0);
        }
        while (IsInUse() && Interlocked.Exchange(ref _isWatching, 1) == 0);
    }

    private bool IsInUse()
    {
        var sinceMs = Environment.TickCount64 - IdleMs;
        return Array.Exists(_calls, call => call.IsInUse(sinceMs));
    }
}

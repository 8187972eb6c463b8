namespace Throughline.Kafka.Internal.Capture;

/// <summary>How often something took too long lately. Once may be the machine's fault (a debugger, a paused container).</summary>
internal sealed class Overruns
{
    private const int CountMax = 3;
    private const int WindowMs = 60_000;

    private readonly Queue<long> _latestMs = new(CountMax);
    private volatile bool _areTooMany;

    /// <summary>Whether there have been three within a minute, ever.</summary>
    internal bool AreTooMany => _areTooMany;

    internal void Add()
    {
        lock (_latestMs)
        {
            var nowMs = Environment.TickCount64;
            while (_latestMs.TryPeek(out var oldestMs) && nowMs - oldestMs > WindowMs)
            {
                _latestMs.Dequeue();
            }

            _latestMs.Enqueue(nowMs);
            _areTooMany |= _latestMs.Count >= CountMax;
        }
    }
}

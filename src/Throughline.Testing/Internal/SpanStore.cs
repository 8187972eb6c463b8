namespace Throughline.Testing.Internal;

/// <summary>The recorded spans, written by any thread, read as copies, with a signal for those who wait.</summary>
internal sealed class SpanStore(int spansMax)
{
    private readonly Lock _gate = new();
    private readonly List<RecordedSpan> _ended = [];
    private readonly List<RecordedSpan> _running = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _dropped;

    public long Dropped => Interlocked.Read(ref _dropped);

    public IReadOnlyList<RecordedSpan> Ended
    {
        get
        {
            lock (_gate)
            {
                return [.. _ended];
            }
        }
    }

    public IReadOnlyList<RecordedSpan> Running
    {
        get
        {
            lock (_gate)
            {
                return [.. _running];
            }
        }
    }

    public void Started(RecordedSpan span)
    {
        lock (_gate)
        {
            if (_running.Count < spansMax)
            {
                _running.Add(span);
            }
        }
    }

    public void Stopped(RecordedSpan span)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            // From the end: the span that ends is mostly one of the last that started.
            var started = _running.FindLastIndex(s => s.SpanId == span.SpanId && s.TraceId == span.TraceId);
            if (started >= 0)
            {
                _running.RemoveAt(started);
            }

            if (_ended.Count == spansMax)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }

            _ended.Add(span);
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    /// <summary>The spans that ended since the first <paramref name="known"/>, and a task that ends when there are more.</summary>
    public (IReadOnlyList<RecordedSpan> Fresh, Task More) After(int known)
    {
        lock (_gate)
        {
            return (_ended[known..], _changed.Task);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

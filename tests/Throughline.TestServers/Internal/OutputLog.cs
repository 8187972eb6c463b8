namespace Throughline.TestServers.Internal;

/// <summary>The lines that a program has written, and a way to wait for one.</summary>
internal sealed class OutputLog
{
    private const int LinesMax = 500_000;

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = New();
    private bool _complete;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public void Add(string line)
    {
        lock (_gate)
        {
            if (_lines.Count < LinesMax)
            {
                _lines.Add(line);
            }
        }

        Signal();
    }

    /// <summary>The program has ended and writes no more.</summary>
    public bool IsComplete => Volatile.Read(ref _complete);

    public void Complete()
    {
        Volatile.Write(ref _complete, true);
        Signal();
    }

    /// <summary>The first line that matches, from the beginning on; null when the program ends without one.</summary>
    public async Task<string?> WaitForLineAsync(Func<string, bool> matches, CancellationToken cancellation)
    {
        var next = 0;
        while (true)
        {
            Task changed;
            List<string> fresh;
            bool complete;
            lock (_gate)
            {
                changed = _changed.Task;
                complete = _complete;
                fresh = _lines[next..];
                next = _lines.Count;
            }

            if (fresh.Find(line => matches(line)) is { } found)
            {
                return found;
            }

            if (complete)
            {
                return null;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    public override string ToString() => string.Join('\n', Lines);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = New();
        }

        changed.SetResult();
    }
}

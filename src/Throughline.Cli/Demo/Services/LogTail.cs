namespace Throughline.Cli.Demo.Services;

/// <summary>A service's log: all of it in a file, its last lines at hand for when something fails.</summary>
internal sealed class LogTail(string file) : IDisposable
{
    private const int LinesMax = 15;

    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(file) { AutoFlush = true };
    private readonly Queue<string> _last = [];
    private bool _disposed;

    public void Add(string line)
    {
        // Two pipes feed it, and the process may still write while it is being stopped.
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _writer.WriteLine(line);
            _last.Enqueue(line);
            if (_last.Count > LinesMax)
            {
                _last.Dequeue();
            }
        }
    }

    public IReadOnlyList<string> LastLines()
    {
        lock (_gate)
        {
            return [.. _last];
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _writer.Dispose();
        }
    }
}

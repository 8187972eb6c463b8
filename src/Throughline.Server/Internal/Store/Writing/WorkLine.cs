namespace Throughline.Server.Internal.Store.Writing;

/// <summary>
/// Jobs that one thread does in their order. A job that the disk refuses stays where it is, and is tried again when somebody
/// asks; until then nothing is taken. So what is in memory is bounded, and nothing is lost or done out of turn.
/// </summary>
internal sealed class WorkLine<TJob> : IDisposable
    where TJob : notnull
{
    private readonly object _gate = new();
    private readonly Queue<TJob> _jobs = [];
    private readonly int _waitingMax;
    private readonly Action<TJob> _work;
    private readonly Thread _thread;
    private IOException? _refusal;
    private Exception? _fault;
    private bool _isRetryAsked;
    private bool _isStopping;

    public WorkLine(string name, int waitingMax, Action<TJob> work)
    {
        _waitingMax = waitingMax;
        _work = work;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Adds a job; waits while there are too many.</summary>
    /// <exception cref="StoreFullException">The disk refuses what is before it; the job was not added.</exception>
    public void Add(TJob job)
    {
        lock (_gate)
        {
            while (_jobs.Count >= _waitingMax && _refusal is null && _fault is null)
            {
                Monitor.Wait(_gate);
            }

            ThrowIfStuck();
            _jobs.Enqueue(job);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Tries a job that was refused once more, and waits for how that ends.</summary>
    /// <exception cref="StoreFullException">It was refused again.</exception>
    public void Retry()
    {
        // Without the lock: it is asked for each span, and one that slips through is only one span more in memory.
        if (Volatile.Read(ref _refusal) is null && Volatile.Read(ref _fault) is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_refusal is not null)
            {
                _isRetryAsked = true;
                Monitor.PulseAll(_gate);
                while (_isRetryAsked && !_isStopping)
                {
                    Monitor.Wait(_gate);
                }
            }

            ThrowIfStuck();
        }
    }

    /// <summary>Waits until all jobs are done, or the disk refuses one.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            while (_jobs.Count > 0 && _refusal is null && _fault is null)
            {
                Monitor.Wait(_gate);
            }

            ThrowIfFaulty();
        }
    }

    /// <summary>The jobs that are not done, in their order.</summary>
    public TJob[] Waiting()
    {
        lock (_gate)
        {
            return [.. _jobs];
        }
    }

    /// <summary>Ends the thread after the job it is at; the others are not done.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        while (Take(out var job))
        {
            IOException? refusal = null;
            Exception? fault = null;
            try
            {
                _work(job);
            }
            catch (IOException e)
            {
                refusal = e;
            }
            catch (Exception e)
            {
                fault = e;
            }

            lock (_gate)
            {
                _refusal = refusal;
                _fault = fault;
                _isRetryAsked = false;
                if (refusal is null && fault is null)
                {
                    _jobs.Dequeue();
                }

                Monitor.PulseAll(_gate);
            }
        }
    }

    private bool Take(out TJob job)
    {
        lock (_gate)
        {
            while (!_isStopping && (_jobs.Count == 0 || _fault is not null || (_refusal is not null && !_isRetryAsked)))
            {
                Monitor.Wait(_gate);
            }

            job = _isStopping ? default! : _jobs.Peek();
            return !_isStopping;
        }
    }

    private void ThrowIfStuck()
    {
        ThrowIfFaulty();
        if (_refusal is { } refusal)
        {
            throw refusal as StoreFullException
                ?? new StoreFullException($"The store cannot write to its disk: {refusal.Message}", refusal);
        }
    }

    private void ThrowIfFaulty()
    {
        if (_fault is { } fault)
        {
            throw new InvalidOperationException($"The store has stopped writing, and goes on after a restart: {fault.Message}", fault);
        }
    }
}

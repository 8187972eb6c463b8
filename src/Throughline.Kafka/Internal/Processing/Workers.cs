using System.Threading.Channels;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>A fixed number of workers; each serves whichever lane is ready, and hands its records back.</summary>
internal sealed class Workers<TKey, TValue>
{
    private readonly Channel<Lane<TKey, TValue>> _ready = Channel.CreateUnbounded<Lane<TKey, TValue>>();
    private readonly IRecordHandling<TKey, TValue> _handling;
    private readonly Completions<TKey, TValue> _completions;
    private readonly CancellationToken _stop;
    private readonly Task _all;

    // A record behind one that has failed must not be begun, though the loop does not know of the failure yet.
    private volatile bool _hasFailed;

    /// <summary>Starts them in the caller's context: what is ambient there is what handlers begin with.</summary>
    internal Workers(
        int count, IRecordHandling<TKey, TValue> handling, Completions<TKey, TValue> completions, CancellationToken stop)
    {
        _stop = stop;
        _handling = handling;
        _completions = completions;
        _all = Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(WorkAsync)));
    }

    /// <summary>Calls a worker to this lane. As many lanes wait as there are partitions or keys' lanes: that is the bound.</summary>
    internal void Call(Lane<TKey, TValue> lane) => _ready.Writer.TryWrite(lane);

    /// <summary>No more calls: those who are free end; who is not ends after what it has.</summary>
    /// <returns>False when some were not done in time.</returns>
    internal bool End(TimeSpan timeout)
    {
        _ready.Writer.TryComplete();
        return _all.Wait(timeout);
    }

    private async Task WorkAsync()
    {
        var taken = new List<PendingRecord<TKey, TValue>>();
        await foreach (var lane in _ready.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            // The loop that has failed, or is stopped, is about to end, and drops what waits.
            var goesOn = true;
            while (goesOn && !_hasFailed && !_stop.IsCancellationRequested)
            {
                lane.Take(taken, _handling.Take.CountMax);
                if (taken.Count > 0)
                {
                    await HandleAsync(taken).ConfigureAwait(false);
                    HandBack(taken);
                }

                goesOn = lane.Release() && !MakeWayFor(lane);
            }
        }
    }

    // Other lanes that wait come first; where there are none, the lane need not be called to again.
    private bool MakeWayFor(Lane<TKey, TValue> lane) => _ready.Reader.TryPeek(out _) && _ready.Writer.TryWrite(lane);

    private async Task HandleAsync(List<PendingRecord<TKey, TValue>> records)
    {
        try
        {
            await _handling.HandleAsync(records).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A fault of ours, or an exception of the user's that throws when it is read. A worker that ended here would leave
            // its records in flight for ever.
            Faults.Contain("processing", exception);
            records.FindAll(record => record.Outcome == RecordOutcome.Unfinished).ForEach(record => record.Fail(exception));
        }
    }

    private void HandBack(List<PendingRecord<TKey, TValue>> records)
    {
        foreach (var record in records)
        {
            _hasFailed |= record.Outcome == RecordOutcome.Failed;
            _completions.Add(record);
        }

        records.Clear();
    }
}

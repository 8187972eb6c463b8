namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// Hands records out: to the lane where a worker finds them, after the time until which they are held. Only the loop's thread
/// uses it.
/// </summary>
internal sealed class HandOut<TKey, TValue>(
    ProcessingLimits limits, IRecordHandling<TKey, TValue> handling, Pauses<TKey, TValue> pauses, TimeProvider time)
{
    private readonly Lanes<TKey, TValue> _lanes = new(limits, handling.Take);
    private readonly HeldRecords<TKey, TValue> _held = new(pauses, time);
    private Workers<TKey, TValue>? _workers;

    /// <summary>Starts the workers in the caller's context: what is ambient there is what handlers begin with.</summary>
    internal void Start(Completions<TKey, TValue> completions, CancellationToken stop) =>
        _workers = new(limits.Workers, handling, completions, stop);

    internal void Take(PendingRecord<TKey, TValue> record)
    {
        if (!_held.TryHold(record, handling.NotBefore(record.Result)))
        {
            GiveToWorkers(record);
        }
    }

    /// <summary>Calls workers for records that have been held, or have waited for others, long enough.</summary>
    internal void CallWorkersWhereDue()
    {
        if (_held.Any)
        {
            foreach (var record in _held.TakeDue())
            {
                GiveToWorkers(record);
            }
        }

        if (handling.Take.Waits)
        {
            var sinceTimestamp = time.GetTimestamp() - (long)(handling.Take.WaitMax.TotalSeconds * time.TimestampFrequency);
            foreach (var lane in _lanes.Due(sinceTimestamp))
            {
                _workers!.Call(lane);
            }
        }
    }

    /// <summary>How long until something may be due, <paramref name="longest"/> at most.</summary>
    internal TimeSpan UntilDue(TimeSpan longest) =>
        _held.UntilNext(handling.Take.Waits && handling.Take.WaitMax < longest ? handling.Take.WaitMax : longest);

    internal void Forget(PartitionWork<TKey, TValue> partition)
    {
        _held.Forget(partition);
        _lanes.Forget(partition);
    }

    /// <inheritdoc cref="Workers{TKey,TValue}.End"/>
    internal bool End(TimeSpan timeout) => _workers!.End(timeout);

    private void GiveToWorkers(PendingRecord<TKey, TValue> record)
    {
        var lane = _lanes.Of(record);
        if (lane.Add(record))
        {
            _workers!.Call(lane);
        }
    }
}

using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// Bounds what is in flight: when it gets crowded the client is not asked for a moment; then a partition that has more than
/// its share is paused, and all of them when the whole stays full. Only the loop's thread uses it.
/// </summary>
/// <remarks>
/// A pause throws away what the client has fetched ahead, thousands of records, which is then fetched again. So it is not done
/// for a fullness that passes in less time than a rebalance may wait for us.
/// </remarks>
internal sealed class BackPressure<TKey, TValue>(
    Func<List<TopicPartition>?> assignment,
    Partitions<TKey, TValue> partitions,
    Pauses<TKey, TValue> pauses,
    ProcessingLimits limits,
    Take take,
    TimeProvider time)
{
    /// <summary>How long the client is not asked while room for several records may come of itself.</summary>
    internal static readonly TimeSpan RoomWaitMax = TimeSpan.FromMilliseconds(20);

    private const int ShareMin = 32;

    // How long the client is not asked for anything before all is paused and it is asked again.
    private static readonly TimeSpan PauseAfter = TimeSpan.FromMilliseconds(500);

    // One worker takes the records as they came, of whichever partition: none can hold up the others more or less.
    private readonly bool _sharesMatter = limits.Workers > 1;

    private long? _crowdedSinceTimestamp;
    private long? _fullSinceTimestamp;
    private bool _isCrowded;
    private bool _allArePaused;
    private bool _assignmentChanged;
    private int _roomyAt;
    private int _inFlight;

    /// <summary>Whether the client may be asked for records; for a moment after it got crowded it may not.</summary>
    internal bool MayPoll => (_inFlight < limits.InFlightMax && !_isCrowded) || _allArePaused;

    /// <summary>It is crowded, for a moment.</summary>
    internal bool IsCrowded => _isCrowded;

    /// <summary>
    /// Records to be finished before the client is worth asking again: a loop that is woken for each one wakes a worker with
    /// each one, and both sleep in between.
    /// </summary>
    internal int RoomWanted => _isCrowded ? Math.Max(1, _inFlight - _roomyAt) : 1;

    // A quarter of the whole is for whoever comes in a burst, as the records of one partition do; the rest is shared out. But
    // all of it where batches are waited for: what is paused does not get full.
    private int CrowdedAt => limits.InFlightMax / 4;

    private int Share =>
        Math.Max(ShareMin, (limits.InFlightMax - (take.Waits ? 0 : CrowdedAt)) / Math.Max(1, partitions.Count));

    internal void Taken(PartitionWork<TKey, TValue> partition)
    {
        _inFlight++;
        if (_allArePaused)
        {
            // It has come anew, or the client was assigned anew without telling, and has forgotten the pause.
            pauses.PauseAgain(partition, PauseReasons.Full);
        }
        else if (_inFlight >= limits.InFlightMax)
        {
            Crowd(limits.InFlightMax);
        }
        else if (_sharesMatter && _inFlight >= CrowdedAt && IsOverShare(partition))
        {
            Crowd(CrowdedAt);
        }
    }

    internal void Finished(PartitionWork<TKey, TValue> partition, int records)
    {
        _inFlight -= records;
        if (partition.InFlight <= Share / 2)
        {
            pauses.Resume(partition, PauseReasons.Share);
        }
    }

    internal void Left(PartitionWork<TKey, TValue> partition) => _inFlight -= partition.InFlight;

    /// <summary>
    /// Ends the moment, with pauses where no room has come of itself; pauses everything once it has been full for a while, and
    /// resumes when half of it is done.
    /// </summary>
    internal void Apply(long nowTimestamp)
    {
        if (_allArePaused && _assignmentChanged)
        {
            PauseAll();
        }

        _assignmentChanged = false;
        EndMomentWhereDue(nowTimestamp);
        if (_inFlight >= limits.InFlightMax)
        {
            _fullSinceTimestamp ??= nowTimestamp;
            if (!_allArePaused && time.GetElapsedTime(_fullSinceTimestamp.Value, nowTimestamp) >= PauseAfter)
            {
                PauseAll();
            }

            return;
        }

        _fullSinceTimestamp = null;
        if (_allArePaused && _inFlight <= limits.InFlightMax / 2)
        {
            ResumeAll();
        }
    }

    /// <summary>What has come anew is not paused; it can be when the client has been assigned it, after this.</summary>
    internal void AssignmentChanged() => _assignmentChanged = true;

    // Never so much room that a worker would be without a record meanwhile.
    private void Crowd(int at)
    {
        _isCrowded = true;
        _roomyAt = at - Math.Max(1, (at - limits.Workers) / 4);
    }

    private void EndMomentWhereDue(long nowTimestamp)
    {
        if (!_isCrowded)
        {
            return;
        }

        _crowdedSinceTimestamp ??= nowTimestamp;
        var hasRoom = _inFlight <= _roomyAt;
        if (hasRoom || time.GetElapsedTime(_crowdedSinceTimestamp.Value, nowTimestamp) >= RoomWaitMax)
        {
            _isCrowded = false;
            _crowdedSinceTimestamp = null;
            if (!hasRoom && _sharesMatter)
            {
                PauseThoseOverShare();
            }
        }
    }

    private bool IsOverShare(PartitionWork<TKey, TValue> partition) => partitions.Count > 1 && partition.InFlight >= Share;

    private void PauseThoseOverShare()
    {
        foreach (var partition in partitions.All)
        {
            if (IsOverShare(partition))
            {
                pauses.Pause(partition, PauseReasons.Share);
            }
        }
    }

    private void PauseAll()
    {
        _allArePaused = true;
        foreach (var place in assignment() ?? [])
        {
            pauses.Pause(partitions.Of(place), PauseReasons.Full);
        }
    }

    private void ResumeAll()
    {
        _allArePaused = false;
        foreach (var partition in partitions.All)
        {
            pauses.Resume(partition, PauseReasons.Full);
        }
    }
}

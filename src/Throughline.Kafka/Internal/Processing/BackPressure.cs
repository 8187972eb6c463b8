using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// Bounds what is in flight: a partition that has more than its share is paused, all of them when the whole is full for
/// longer than a moment. Only the loop's thread uses it.
/// </summary>
/// <remarks>
/// A pause throws away what the client has fetched ahead. So it is not done for a single record, nor for a fullness that
/// passes in less time than a rebalance may wait for us.
/// </remarks>
internal sealed class BackPressure<TKey, TValue>(
    Func<List<TopicPartition>?> assignment,
    Partitions<TKey, TValue> partitions,
    Pauses<TKey, TValue> pauses,
    int inFlightMax,
    TimeProvider time)
{
    private const int ShareMin = 32;

    // How long the client is not asked for anything before all is paused and it is asked again.
    private static readonly TimeSpan PauseAfter = TimeSpan.FromMilliseconds(500);

    private long? _fullSinceTimestamp;
    private bool _allArePaused;
    private bool _assignmentChanged;
    private int _inFlight;

    /// <summary>Whether the client may be asked for records; for a moment after it got full it may not.</summary>
    internal bool MayPoll => _inFlight < inFlightMax || _allArePaused;

    private int Share => Math.Max(ShareMin, inFlightMax / Math.Max(1, partitions.Count));

    internal void Taken(PartitionWork<TKey, TValue> partition)
    {
        _inFlight++;
        if (_allArePaused)
        {
            // It has come anew, or the client was assigned anew without telling, and has forgotten the pause.
            pauses.PauseAgain(partition, PauseReasons.Full);
        }
        else if (partitions.Count > 1 && partition.InFlight >= Share)
        {
            pauses.Pause(partition, PauseReasons.Share);
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

    /// <summary>Pauses everything once it has been full for a while, and resumes when half of it is done.</summary>
    internal void Apply(long nowTimestamp)
    {
        if (_allArePaused && _assignmentChanged)
        {
            PauseAll();
        }

        _assignmentChanged = false;
        if (_inFlight >= inFlightMax)
        {
            _fullSinceTimestamp ??= nowTimestamp;
            if (!_allArePaused && time.GetElapsedTime(_fullSinceTimestamp.Value, nowTimestamp) >= PauseAfter)
            {
                PauseAll();
            }

            return;
        }

        _fullSinceTimestamp = null;
        if (_allArePaused && _inFlight <= inFlightMax / 2)
        {
            ResumeAll();
        }
    }

    /// <summary>What has come anew is not paused; it can be when the client has been assigned it, after this.</summary>
    internal void AssignmentChanged() => _assignmentChanged = true;

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

using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures.Redrives;

/// <summary>How far each partition is done, and what of it is not committed yet: a killed run repeats that much.</summary>
internal sealed class LetterProgress(IConsumer<byte[], byte[]> consumer, TimeSpan timeout)
{
    private const int UncommittedMax = 100;

    private readonly Dictionary<TopicPartition, Offset> _next = [];
    private readonly HashSet<TopicPartition> _dirty = [];
    private int _uncommitted;

    internal void Done(TopicPartitionOffset place)
    {
        _next[place.TopicPartition] = place.Offset + 1;
        _dirty.Add(place.TopicPartition);
        if (++_uncommitted >= UncommittedMax)
        {
            TryCommit();
        }
    }

    /// <returns><see langword="false"/> where the group has given this member up: it joins again, and commits then.</returns>
    internal bool TryCommit()
    {
        _uncommitted = 0;
        var mine = _dirty.Intersect(consumer.Assignment).ToList();
        if (mine.Count > 0)
        {
            try
            {
                consumer.Commit(mine.Select(place => new TopicPartitionOffset(place, _next[place])));
                _dirty.ExceptWith(mine);
            }
            catch (KafkaException exception) when (exception.Error.Code
                is ErrorCode.UnknownMemberId or ErrorCode.IllegalGeneration or ErrorCode.RebalanceInProgress)
            {
                KafkaEventSource.Log.ConsumeFailed(exception.Error.ToString());
            }
        }

        return _dirty.Count == 0;
    }

    /// <summary>
    /// Where to read on in partitions that are assigned: behind what the group has committed, or what this run has done and
    /// could not commit while it was out of the group.
    /// </summary>
    internal IEnumerable<TopicPartitionOffset> ResumeAt(IReadOnlyCollection<TopicPartition> places)
    {
        if (!places.Any(_dirty.Contains))
        {
            return places.Select(place => new TopicPartitionOffset(place, Offset.Unset));
        }

        return consumer.Committed(places, timeout).Select(committed =>
            _dirty.Contains(committed.TopicPartition) && _next[committed.TopicPartition].Value > committed.Offset.Value
                ? new TopicPartitionOffset(committed.TopicPartition, _next[committed.TopicPartition])
                : new TopicPartitionOffset(committed.TopicPartition, Offset.Unset));
    }
}

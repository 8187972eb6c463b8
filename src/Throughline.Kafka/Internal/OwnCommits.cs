using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>
/// The application's commits whose report is still to come: the client reports every commit, its own and the
/// application's, to the same handler.
/// </summary>
internal sealed class OwnCommits
{
    // Reports come with the next Consume; a client that does not report never takes one out.
    private const int PendingMax = 64;

    private readonly Lock _lock = new();
    private readonly List<List<TopicPartitionOffset>> _pending = [];

    internal void Add(List<TopicPartitionOffset>? committed)
    {
        if (committed is null)
        {
            // A mock's answer.
            return;
        }

        lock (_lock)
        {
            if (_pending.Count == PendingMax)
            {
                _pending.RemoveAt(0);
            }

            _pending.Add(committed);
        }
    }

    /// <summary>Whether that is the report of one of them; it is then forgotten.</summary>
    internal bool Remove(CommittedOffsets reported)
    {
        lock (_lock)
        {
            var index = _pending.FindIndex(committed => IsSame(committed, reported));
            if (index >= 0)
            {
                _pending.RemoveAt(index);
            }

            return index >= 0;
        }
    }

    // Partitions without an offset were not committed, whether listed or not.
    private static bool IsSame(List<TopicPartitionOffset> committed, CommittedOffsets reported)
    {
        var real = committed.Where(place => !place.Offset.IsSpecial).ToHashSet();
        return real.SetEquals(reported.Offsets.Where(place => !place.Offset.IsSpecial).Select(place => place.TopicPartitionOffset));
    }
}

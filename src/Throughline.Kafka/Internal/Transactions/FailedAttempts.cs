using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>
/// What has failed, and how often: of each partition the record that it is at, and the commit. A record that has failed is
/// tried in a transaction of its own, so that it holds up none before it.
/// </summary>
internal sealed class FailedAttempts
{
    // One for each partition at most.
    private readonly Dictionary<(string Topic, int Partition), (long Offset, int Count)> _records = [];
    private int _commits;

    internal bool IsOf<TKey, TValue>(ConsumeResult<TKey, TValue> result) =>
        _records.Count > 0 && _records.TryGetValue(PlaceOf(result), out var failed) && failed.Offset == result.Offset.Value;

    internal bool IsIn(RecordsInTransaction open) => _records.Count > 0
        && _records.Any(each => open.IsPast(each.Key.Topic, each.Key.Partition, each.Value.Offset));

    /// <summary>A handler has failed.</summary>
    /// <returns>How often it has with this record.</returns>
    internal int Add<TKey, TValue>(ConsumeResult<TKey, TValue> result)
    {
        var count = IsOf(result) ? _records[PlaceOf(result)].Count + 1 : 1;
        _records[PlaceOf(result)] = (result.Offset.Value, count);
        return count;
    }

    /// <summary>A commit has failed.</summary>
    /// <returns>How many have since one succeeded.</returns>
    internal int AddCommit() => ++_commits;

    /// <summary>Says on a process span which attempt it is.</summary>
    internal void Tell<TKey, TValue>(Activity activity, ConsumeResult<TKey, TValue> result)
    {
        if (IsOf(result))
        {
            activity.AddTag(AttributeNames.TransactionAttempt, _records[PlaceOf(result)].Count + 1);
        }
    }

    internal void Committed(RecordsInTransaction committed)
    {
        _commits = 0;
        foreach (var (place, failed) in _records)
        {
            if (committed.IsPast(place.Topic, place.Partition, failed.Offset))
            {
                _records.Remove(place);
            }
        }
    }

    /// <summary>The records are another consumer's now.</summary>
    internal void GivenAway(IReadOnlyCollection<TopicPartition> places)
    {
        foreach (var place in places)
        {
            _records.Remove((place.Topic, place.Partition.Value));
        }
    }

    private static (string Topic, int Partition) PlaceOf<TKey, TValue>(ConsumeResult<TKey, TValue> result) =>
        (result.Topic, result.Partition.Value);
}

using Confluent.Kafka;

namespace Throughline.Server.Internal.Brokers;

/// <summary>
/// Finds out whether there is a record that a group could read and has not: offsets alone cannot tell it from a marker of a
/// transaction, or from records of one that was given up. Reads one record, of groups that stand still; its content is not
/// looked at.
/// </summary>
internal sealed class UnreadProbe : IDisposable
{
    // Known answers and positions: as many as partitions of groups can be worth it.
    private const int KnownMax = 100_000;

    private readonly WatchSettings _settings;
    private readonly ConsumerBuilder<Ignore, Ignore> _builder;
    private readonly Dictionary<GroupSlot, long> _unread = [];
    private readonly Dictionary<GroupSlot, long> _committed = [];
    private IConsumer<Ignore, Ignore>? _consumer;

    public UnreadProbe(ClusterSettings cluster, WatchSettings settings)
    {
        _settings = settings;
        var config = new ConsumerConfig(new Dictionary<string, string>(cluster.Client, StringComparer.Ordinal))
        {
            // librdkafka wants a name; it joins no group and commits nothing.
            GroupId = "throughline-probe",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Error,
            IsolationLevel = IsolationLevel.ReadCommitted,
            AllowAutoCreateTopics = false,
            QueuedMinMessages = 1,
            MaxPartitionFetchBytes = 16 * 1024,
        };
        _builder = new ConsumerBuilder<Ignore, Ignore>(config).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { });
    }

    /// <summary>Offsets of such records, as far as they are known.</summary>
    public IReadOnlyDictionary<GroupSlot, long> Ask(
        IReadOnlyList<GroupState> groups, IReadOnlyDictionary<string, TopicState> topics, CancellationToken cancellationToken)
    {
        // What was known before counts, too: a commit that has just moved may have passed it.
        var known = _unread.ToDictionary();
        var left = _settings.ProbesMax;
        foreach (var (slot, committed, partition) in Behind(groups, topics))
        {
            var stoodStill = _committed.TryGetValue(slot, out var before) && before == committed;
            if (!stoodStill)
            {
                Forget(slot, committed);
            }
            else if (!_unread.ContainsKey(slot) && left > 0 && committed >= partition.Start)
            {
                cancellationToken.ThrowIfCancellationRequested();
                left--;
                if (First(slot.Slot, committed) is { } unread)
                {
                    known[slot] = _unread[slot] = unread;
                }
            }
        }

        return known;
    }

    public void Dispose() => _consumer?.Dispose();

    private static IEnumerable<(GroupSlot Slot, long Committed, PartitionState Partition)> Behind(
        IReadOnlyList<GroupState> groups, IReadOnlyDictionary<string, TopicState> topics) =>
        from @group in groups
        from committed in @group.Committed
        let topic = topics.GetValueOrDefault(committed.Key.Topic)
        where topic is { IsCompacted: false }
        from partition in topic.Partitions
        where partition.Partition == committed.Key.Partition && committed.Value < partition.End
        select (new GroupSlot(@group.Name, committed.Key), committed.Value, partition);

    private void Forget(GroupSlot slot, long committed)
    {
        _unread.Remove(slot);
        if (_committed.Count >= KnownMax)
        {
            _committed.Clear();
            _unread.Clear();
        }

        _committed[slot] = committed;
    }

    /// <summary>The offset of the first record from there on; null where there is none, or nobody says.</summary>
    private long? First(TopicSlot slot, long offset)
    {
        try
        {
            _consumer ??= _builder.Build();
            _consumer.Assign(new TopicPartitionOffset(slot.Topic, slot.Partition, offset));
            var record = _consumer.Consume(_settings.ProbeTimeout);
            return record is { IsPartitionEOF: false } ? record.Offset.Value : null;
        }
        catch (Exception e) when (e is KafkaException or InvalidOperationException)
        {
            // Not allowed to read, the offset is gone in the meantime, or settings that fit no consumer: no evidence then.
            return null;
        }
        finally
        {
            _consumer?.Unassign();
        }
    }
}

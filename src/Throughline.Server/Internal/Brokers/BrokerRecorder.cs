using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Brokers;

/// <summary>
/// What brokers' offsets tell: lag, what was stored, and what went without being read. It compares each view with the one
/// before; the first one only says where to begin. Owned by the pipeline's thread.
/// </summary>
internal sealed class BrokerRecorder(
    Rollup rollup, ClusterScopes scopes, OffsetsBook book, Acknowledged acknowledged, Examples examples)
{
    // Producers' clocks against this one's.
    private const long ClockSlackNs = 30_000_000_000;

    public void Take(ClusterSettings cluster, ClusterView view)
    {
        scopes.Learn(view.ClusterId, cluster.Servers.Concat(view.Brokers.Select(static node => $"{node.Host}:{node.Port}")));
        var told = new HashSet<OffsetsKey>();
        foreach (var topic in view.Topics.Values)
        {
            told.Add(new OffsetsKey(view.ClusterId, topic.Name, ""));
            OfTopic(view, topic);
        }

        foreach (var group in view.Groups)
        {
            foreach (var commits in group.Committed.GroupBy(static slot => slot.Key.Topic, StringComparer.Ordinal))
            {
                told.Add(new OffsetsKey(view.ClusterId, commits.Key, group.Name));
                if (view.Topics.TryGetValue(commits.Key, out var topic))
                {
                    OfGroup(view, topic, group, commits);
                }
            }
        }

        // What could not be asked for this time may be there the next.
        if (view.LeftOut is null)
        {
            book.Keep(view.ClusterId, told);
        }
    }

    private void OfTopic(ClusterView view, TopicState topic)
    {
        var key = new OffsetsKey(view.ClusterId, topic.Name, "");
        var before = book.Find(key, topic.TopicId);
        var now = new OffsetsKnown
        {
            TopicId = topic.TopicId,
            AskedUnixNs = view.AskedUnixNs,
            SinceUnixNs = before?.SinceUnixNs ?? view.AskedUnixNs,
        };
        if (rollup.At(FamilyKey.Topic(view.ClusterId, topic.Name), view.AskedUnixNs) is not { } part
            || rollup.At(FamilyKey.TopicPartitions(view.ClusterId, topic.Name), view.AskedUnixNs) is not { } partitions)
        {
            return;
        }

        // Every offset of such a topic is a record until its time is over.
        var isPlain = !view.HasTransactions && !topic.IsCompacted;
        part[Measure.BrokerWatched, ""].Totalled(1, Seconds(before, now));
        foreach (var partition in topic.Partitions)
        {
            var known = before?.Slots.TryGetValue(partition.Partition, out var slot) == true ? slot : (SlotKnown?)null;
            if (partition.Start < 0 || partition.End < 0)
            {
                Carry(now, partition.Partition, known);
                continue;
            }

            if (known is not { } last)
            {
                acknowledged.Remove(view.ClusterId, new TopicSlot(topic.Name, partition.Partition));
                now.Slots[partition.Partition] = new SlotKnown(partition.Start, partition.End);
                continue;
            }

            // First what nobody but the producer told of: from there on the end is known again.
            AcknowledgedAndGone(view, topic, part, partition, last, now.SinceUnixNs, isPlain);
            now.Slots[partition.Partition] = Moved(view, topic, part, partitions, partition, last, isPlain);
        }

        book.Put(key, now);
    }

    private SlotKnown Moved(
        ClusterView view,
        TopicState topic,
        RollupPart part,
        RollupPart partitions,
        PartitionState partition,
        SlotKnown last,
        bool isPlain)
    {
        var stored = partition.End - last.End;
        if (stored < 0 && topic.TopicId.Length == 0)
        {
            // It may be another topic of that name: nobody can tell.
            return new SlotKnown(partition.Start, partition.End);
        }

        if (stored < 0 && !last.IsDoubtful)
        {
            return last with { IsDoubtful = true };
        }

        if (stored < 0)
        {
            part[Measure.BrokerGone, partition.Partition].Counted(-stored);
            part[Measure.BrokerGoneSurely, partition.Partition].Counted(isPlain ? -stored : 0);
            examples.Add(
                ExampleKey.Of(LedgerCell.Gone, view.ClusterId, topic.Name),
                new Example(
                    null,
                    view.AskedUnixNs,
                    "",
                    partition.Partition,
                    partition.End,
                    -stored,
                    $"the end was {last.End}, and is {partition.End}"));
        }
        else if (stored > 0)
        {
            part[Measure.BrokerStored, ""].Counted(stored);
            partitions[Measure.BrokerStored, partition.Partition].Counted(stored);
            if (isPlain)
            {
                part[Measure.BrokerStoredSurely, ""].Counted(stored);
            }
        }

        if (partition.Start > last.Start)
        {
            part[Measure.BrokerDeleted, ""].Counted(partition.Start - last.Start);
        }

        return new SlotKnown(Math.Max(last.Start, partition.Start), partition.End);
    }

    /// <summary>A producer was told of an offset that is not there, and it cannot be another topic's.</summary>
    private void AcknowledgedAndGone(
        ClusterView view, TopicState topic, RollupPart part, PartitionState partition, SlotKnown last, long sinceUnixNs, bool isPlain)
    {
        var slot = new TopicSlot(topic.Name, partition.Partition);
        if (topic.TopicId.Length == 0
            || acknowledged.Find(view.ClusterId, slot) is not { } send
            || send.Offset < Math.Max(partition.End, last.End)
            || send.TimeUnixNs < sinceUnixNs + ClockSlackNs
            || send.TimeUnixNs > view.AskedUnixNs - ClockSlackNs)
        {
            return;
        }

        if (!send.IsDoubtful)
        {
            acknowledged.Doubt(view.ClusterId, slot, send);
            return;
        }

        acknowledged.Remove(view.ClusterId, slot);
        var gone = send.Offset + 1 - Math.Max(partition.End, last.End);
        part[Measure.BrokerGone, partition.Partition].Counted(gone);
        part[Measure.BrokerGoneSurely, partition.Partition].Counted(isPlain ? gone : 1);
        examples.Add(
            ExampleKey.Of(LedgerCell.Gone, view.ClusterId, topic.Name),
            new Example(
                send.Span,
                send.TimeUnixNs,
                send.Service,
                partition.Partition,
                send.Offset,
                gone,
                $"acknowledged, and the end is {partition.End}"));
    }

    private void OfGroup(
        ClusterView view, TopicState topic, GroupState group, IEnumerable<KeyValuePair<TopicSlot, long>> commits)
    {
        var key = new OffsetsKey(view.ClusterId, topic.Name, group.Name);
        var before = book.Find(key, topic.TopicId);
        var now = new OffsetsKnown { TopicId = topic.TopicId, AskedUnixNs = view.AskedUnixNs, WasDeserted = group.IsDeserted };
        if (rollup.At(FamilyKey.Group(view.ClusterId, topic.Name, group.Name), view.AskedUnixNs) is not { } part
            || rollup.At(FamilyKey.GroupPartitions(view.ClusterId, topic.Name, group.Name), view.AskedUnixNs) is not { } lags)
        {
            return;
        }

        var partitions = topic.Partitions.ToDictionary(static partition => partition.Partition);
        part[Measure.BrokerWatched, ""].Totalled(1, Seconds(before, now));
        foreach (var (slot, committed) in commits)
        {
            var known = before?.Slots.TryGetValue(slot.Partition, out var last) == true ? last : (SlotKnown?)null;
            if (!partitions.TryGetValue(slot.Partition, out var partition) || partition.Start < 0 || partition.End < 0)
            {
                Carry(now, slot.Partition, known);
                continue;
            }

            lags[Measure.BrokerLag, slot.Partition].Gauged(Math.Max(0, partition.End - Math.Max(committed, partition.Start)));
            if (known is { } since)
            {
                Committed(view, topic, group, part, slot, committed, since, before!.WasDeserted);
                Expired(view, topic, group, part, slot, committed, since, partition);
            }

            now.Slots[slot.Partition] = new SlotKnown(Math.Max(partition.Start, known?.Start ?? 0), committed);
        }

        book.Put(key, now);
    }

    /// <summary>What the group's commits passed; and whether it was the group that made them.</summary>
    private void Committed(
        ClusterView view,
        TopicState topic,
        GroupState group,
        RollupPart part,
        TopicSlot slot,
        long committed,
        SlotKnown since,
        bool wasDeserted)
    {
        // What had expired before was not there to be passed.
        var passed = committed - Math.Max(since.End, since.Start);
        if (passed <= 0)
        {
            return;
        }

        part[Measure.BrokerCommitted, ""].Counted(passed);
        if (!wasDeserted || !group.IsDeserted)
        {
            return;
        }

        var isPlain = !view.HasTransactions && !topic.IsCompacted;
        var unread = view.Unread.TryGetValue(new GroupSlot(group.Name, slot), out var offset) && offset >= since.End && offset < committed;
        part[Measure.BrokerMoved, slot.Partition].Counted(passed);
        part[Measure.BrokerMovedSurely, slot.Partition].Counted(isPlain ? passed : unread ? 1 : 0);
        examples.Add(
            ExampleKey.Of(LedgerCell.Skipped, view.ClusterId, topic.Name, group.Name),
            new Example(
                null,
                view.AskedUnixNs,
                "",
                slot.Partition,
                since.End,
                passed,
                $"committed {since.End} → {committed} without members"));
    }

    /// <summary>A start past the commit: the group did not read what was between. Starts are asked for before commits.</summary>
    private void Expired(
        ClusterView view,
        TopicState topic,
        GroupState group,
        RollupPart part,
        TopicSlot slot,
        long committed,
        SlotKnown since,
        PartitionState partition)
    {
        var from = Math.Max(committed, since.Start);
        var expired = partition.Start - from;
        if (expired <= 0)
        {
            return;
        }

        var isPlain = !view.HasTransactions && !topic.IsCompacted;
        var unread = !topic.IsCompacted
            && view.Unread.TryGetValue(new GroupSlot(group.Name, slot), out var offset)
            && offset >= from
            && offset < partition.Start;
        part[Measure.BrokerExpired, slot.Partition].Counted(expired);
        part[Measure.BrokerExpiredSurely, slot.Partition].Counted(isPlain ? expired : unread ? 1 : 0);
        examples.Add(
            ExampleKey.Of(LedgerCell.Expired, view.ClusterId, topic.Name, group.Name),
            new Example(
                null, view.AskedUnixNs, "", slot.Partition, from, expired, $"committed {committed}, the log starts at {partition.Start}"));
    }

    private static void Carry(OffsetsKnown now, int partition, SlotKnown? known)
    {
        if (known is { } last)
        {
            now.Slots[partition] = last;
        }
    }

    private static double Seconds(OffsetsKnown? before, OffsetsKnown now) =>
        before is null ? 0 : Math.Max(0, now.AskedUnixNs - before.AskedUnixNs) / 1e9;
}

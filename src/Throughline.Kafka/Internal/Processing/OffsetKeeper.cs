using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>Where each partition's records are finished to: stored in the client, and committed where it does not do that itself.</summary>
internal sealed class OffsetKeeper<TKey, TValue>(
    TracingConsumer<TKey, TValue> consumer, bool clientCommits, TimeSpan commitInterval, TimeProvider time)
{
    // Stored offsets count only when the client commits, which it does seconds apart.
    private static readonly TimeSpan StoreInterval = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<PartitionWork<TKey, TValue>> _advanced = [];
    private long _storedTimestamp = time.GetTimestamp();
    private long _committedTimestamp = time.GetTimestamp();
    private bool _hasUncommitted;

    internal void Advanced(PartitionWork<TKey, TValue> partition) => _advanced.Add(partition);

    internal void StoreAndCommitWhenDue(long nowTimestamp)
    {
        if (time.GetElapsedTime(_storedTimestamp, nowTimestamp) >= StoreInterval)
        {
            Store(nowTimestamp);
        }

        if (!clientCommits && time.GetElapsedTime(_committedTimestamp, nowTimestamp) >= commitInterval)
        {
            CommitAside(nowTimestamp);
        }
    }

    /// <summary>Commits what a partition has finished, while it is still ours.</summary>
    internal void CommitAndForget(IReadOnlyCollection<PartitionWork<TKey, TValue>> partitions)
    {
        List<TopicPartitionOffset> offsets = [];
        foreach (var partition in partitions)
        {
            _advanced.Remove(partition);
            if (partition.TakeProgress() is { } progress)
            {
                offsets.Add(progress);
            }
        }

        // What was stored earlier goes with them: a commit is of everything stored.
        if (offsets.Count == 0 && !_hasUncommitted)
        {
            return;
        }

        Aside.TryUnlessFatal(() =>
        {
            offsets.ForEach(consumer.StoreOffset);
            _hasUncommitted = true;
            CommitStored();
        });
    }

    internal void Forget(PartitionWork<TKey, TValue> partition) => _advanced.Remove(partition);

    /// <summary>The last commit, at the loop's end.</summary>
    /// <exception cref="KafkaException">It failed.</exception>
    internal void StoreAndCommit()
    {
        Store(time.GetTimestamp());
        CommitStored();
    }

    /// <summary>The last commit on the way out with an exception, which must not be lost to another one.</summary>
    internal void StoreAndCommitAside() => Aside.Try(StoreAndCommit);

    private void Store(long nowTimestamp)
    {
        _storedTimestamp = nowTimestamp;
        foreach (var partition in _advanced)
        {
            if (partition.TakeProgress() is { } progress)
            {
                Aside.TryUnlessFatal(() => consumer.StoreOffset(progress));
                _hasUncommitted = true;
            }
        }

        _advanced.Clear();
    }

    // A commit that fails is tried again with the next; its span and metric tell it, and the records come again at worst.
    private void CommitAside(long nowTimestamp)
    {
        _committedTimestamp = nowTimestamp;
        Aside.TryUnlessFatal(() =>
        {
            Store(nowTimestamp);
            CommitStored();
        });
    }

    private void CommitStored()
    {
        if (!_hasUncommitted)
        {
            return;
        }

        try
        {
            consumer.Commit();
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_NoOffset)
        {
            // The client has committed them already.
        }

        _hasUncommitted = false;
    }
}

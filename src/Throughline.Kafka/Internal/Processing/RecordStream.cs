using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// Records as a stream that is awaited: a thread of its own polls the client, however long the reader takes for each, and
/// pauses it where the reader is slower.
/// </summary>
internal sealed class RecordStream<TKey, TValue>(TracingConsumer<TKey, TValue> consumer) : IAssignmentListener
{
    private const int AheadMax = 100;

    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    // What was given away, and when, counted in rebalances: records that were read before are somebody else's.
    private readonly Lock _lock = new();
    private readonly Dictionary<TopicPartition, int> _leftAt = [];
    private readonly Channel<(ConsumeResult<TKey, TValue> Record, int Rebalance)> _ahead =
        Channel.CreateBounded<(ConsumeResult<TKey, TValue>, int)>(
            new BoundedChannelOptions(AheadMax) { SingleReader = true, SingleWriter = true });

    // What the client handed out after the stream was full. Only the polling thread uses it, and who comes after it.
    private readonly Queue<(ConsumeResult<TKey, TValue> Record, int Rebalance)> _waiting = new();

    private int _rebalance;

    internal async IAsyncEnumerable<ConsumeResult<TKey, TValue>> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pump = OwnThread.RunAsync(() => Pump(end.Token));
        try
        {
            await foreach (var (record, rebalance) in _ahead.Reader.ReadAllAsync(stop).ConfigureAwait(false))
            {
                if (IsOurs(record, rebalance))
                {
                    yield return record;
                }
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
            GoBackToUnread();
        }
    }

    void IAssignmentListener.Assigned(IReadOnlyCollection<TopicPartition> places)
    {
    }

    void IAssignmentListener.Revoked(IReadOnlyCollection<TopicPartition> places) => Leave(places);

    void IAssignmentListener.Lost(IReadOnlyCollection<TopicPartition> places) => Leave(places);

    private void Leave(IReadOnlyCollection<TopicPartition> places)
    {
        lock (_lock)
        {
            _rebalance++;
            foreach (var place in places)
            {
                _leftAt[place] = _rebalance;
            }
        }
    }

    private bool IsOurs(ConsumeResult<TKey, TValue> record, int rebalance)
    {
        lock (_lock)
        {
            return _leftAt.Count == 0 || !_leftAt.TryGetValue(record.TopicPartition, out var leftAt) || rebalance >= leftAt;
        }
    }

    private void GoBackToUnread()
    {
        var places = new HashSet<TopicPartition>();
        while (_ahead.Reader.TryRead(out var unread) || _waiting.TryDequeue(out unread))
        {
            if (IsOurs(unread.Record, unread.Rebalance) && places.Add(unread.Record.TopicPartition))
            {
                Rewind.To(consumer, unread.Record.TopicPartitionOffset);
            }
        }
    }

    private void Pump(CancellationToken end)
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                if (ConsumeErrors.ConsumePast(consumer, PollTimeout) is { Message: not null } record && !_ahead.Writer.TryWrite((record, _rebalance)))
                {
                    WaitPaused(record, end);
                }
            }

            _ahead.Writer.Complete();
        }
        catch (Exception exception)
        {
            // The reader's to see, after what was read before.
            _ahead.Writer.Complete(exception);
        }
    }

    private void WaitPaused(ConsumeResult<TKey, TValue> record, CancellationToken end)
    {
        // A pause takes effect on what the client has not handed out yet: it may hand out a few more.
        _waiting.Enqueue((record, _rebalance));
        var paused = consumer.Assignment.ToHashSet();
        consumer.Pause(paused);
        Task? room = null;
        while (_waiting.TryPeek(out var next) && !end.IsCancellationRequested)
        {
            if (_ahead.Writer.TryWrite(next))
            {
                _waiting.Dequeue();
            }
            else if (ConsumeErrors.ConsumePast(consumer, TimeSpan.Zero) is { Message: not null } another)
            {
                _waiting.Enqueue((another, _rebalance));

                // Assigned in between, and not paused.
                consumer.Pause([another.TopicPartition]);
                paused.Add(another.TopicPartition);
            }
            else
            {
                room = room is null or { IsCompleted: true } ? _ahead.Writer.WaitToWriteAsync(end).AsTask() : room;
                WaitFor(room, end);
            }
        }

        consumer.Resume([.. paused.Intersect(consumer.Assignment)]);
    }

    private static void WaitFor(Task room, CancellationToken end)
    {
        try
        {
            room.Wait(PollTimeout, end);
        }
        catch (Exception) when (end.IsCancellationRequested)
        {
            // The caller sees it.
        }
    }
}

using Confluent.Kafka;
using Throughline.Kafka.Internal;
using Throughline.Kafka.Internal.Failures;
using Throughline.Kafka.Internal.Metrics;
using Throughline.Kafka.Internal.Processing;
using Throughline.Kafka.Internal.Transactions;

namespace Throughline.Kafka;

/// <summary>
/// A consumer whose records can be processed inside the trace they came from. Everything else is the inner consumer's.
/// </summary>
/// <remarks>
/// Made by <see cref="TracingConsumerBuilder{TKey,TValue}"/> or by
/// <see cref="TracingExtensions.WithTracing{TKey,TValue}(IConsumer{TKey,TValue},KafkaClientDescription,KafkaTracingOptions)"/>.
/// Faults of the instrumentation never reach the caller; exceptions of the inner consumer do, as they are.
/// </remarks>
/// <typeparam name="TKey">The type of keys.</typeparam>
/// <typeparam name="TValue">The type of values.</typeparam>
public sealed partial class TracingConsumer<TKey, TValue> : IConsumer<TKey, TValue>, IStatisticsTaker
{
    private readonly IConsumer<TKey, TValue> _inner;
    private readonly ProcessTracer _processes;
    private readonly PollTracer _polls;
    private readonly CommitTracer _commits;
    private readonly ProcessingSettings _processing;
    private readonly string? _group;
    private readonly LiveClient _live;

    internal TracingConsumer(
        IConsumer<TKey, TValue> inner,
        KafkaClientDescription description,
        KafkaTracingOptions options,
        ProcessingSettings? processing = null,
        StatisticsSettings? statistics = null)
    {
        _inner = inner;
        _processing = processing ?? ProcessingSettings.Unknown;
        Tracing = new Tracing(options, description, inner);
        var receivedTimes = new ReceivedTimes(Tracing.Time);
        _processes = new ProcessTracer(Tracing, receivedTimes);
        _polls = new PollTracer(Tracing, _processes, receivedTimes);
        _commits = new CommitTracer(Tracing);
        _group = Tracing.Client.Group;
        _live = LiveClient.Consumer(Tracing, statistics, new(() => inner.Assignment, inner.Position, inner.GetWatermarkOffsets));
    }

    /// <inheritdoc/>
    public string MemberId => _inner.MemberId;

    /// <inheritdoc/>
    public List<TopicPartition> Assignment => _inner.Assignment;

    /// <inheritdoc/>
    public List<string> Subscription => _inner.Subscription;

    /// <inheritdoc/>
    public IConsumerGroupMetadata ConsumerGroupMetadata => GroupNames.Note(_inner.ConsumerGroupMetadata, _group);

    /// <inheritdoc/>
    public Handle Handle => _inner.Handle;

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <summary>
    /// How long ago Consume returned to a processing loop or to the application, with a record or without;
    /// <see langword="null"/> if it never did. May be read by any thread.
    /// </summary>
    public TimeSpan? SinceLastPoll => _polls.SinceLast;

    /// <summary>
    /// Opens the scope in which <paramref name="result"/> is processed: the context in its headers is extracted, its
    /// baggage restored, and a <c>process {topic}</c> span started and made current, until the scope is disposed.
    /// </summary>
    /// <remarks>Call it in the flow that handles the record: <c>using var scope = consumer.StartProcess(result);</c></remarks>
    /// <param name="result">The record, as Consume returned it.</param>
    /// <param name="correlation">How the span refers to the record's context; <see langword="null"/> for the options' way.</param>
    public ProcessScope StartProcess(ConsumeResult<TKey, TValue> result, ProcessCorrelation? correlation = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return _processes.Open(result, correlation);
    }

    /// <summary>
    /// Opens the scope in which <paramref name="results"/> are processed as one: a span that links to the context of each
    /// of them, up to <see cref="KafkaTracingOptions.BatchLinksMax"/>; the rest are counted on it.
    /// </summary>
    /// <remarks>A scope per record can be opened inside; its baggage is then the record's.</remarks>
    /// <param name="results">The records, in any order, of any topics.</param>
    public ProcessScope StartBatch(IReadOnlyCollection<ConsumeResult<TKey, TValue>> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return _processes.OpenBatch(results);
    }

    /// <inheritdoc/>
    public ConsumeResult<TKey, TValue> Consume(int millisecondsTimeout)
    {
        try
        {
            var result = _inner.Consume(millisecondsTimeout);
            _polls.Returned(result);
            return result;
        }
        catch (ConsumeException exception)
        {
            _polls.Failed(exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public ConsumeResult<TKey, TValue> Consume(CancellationToken cancellationToken = default)
    {
        try
        {
            var result = _inner.Consume(cancellationToken);
            _polls.Returned(result);
            return result;
        }
        catch (ConsumeException exception)
        {
            _polls.Failed(exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public ConsumeResult<TKey, TValue> Consume(TimeSpan timeout)
    {
        try
        {
            var result = _inner.Consume(timeout);
            _polls.Returned(result);
            return result;
        }
        catch (ConsumeException exception)
        {
            _polls.Failed(exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public List<TopicPartitionOffset> Commit() => _commits.Run(() => _inner.Assignment, _inner.Commit);

    /// <inheritdoc/>
    public void Commit(IEnumerable<TopicPartitionOffset> offsets)
    {
        // Once: it may be a query.
        var given = offsets?.ToList();
        _commits.Run(() => given?.Select(offset => offset.TopicPartition).ToList(), () =>
        {
            _inner.Commit(given);
            return given!;
        });
    }

    /// <inheritdoc/>
    public void Commit(ConsumeResult<TKey, TValue> result) => _commits.Run(() => [result.TopicPartition], () =>
    {
        _inner.Commit(result);
        return [new TopicPartitionOffset(result.TopicPartition, result.Offset + 1)];
    });

    /// <inheritdoc/>
    public void Subscribe(IEnumerable<string> topics) => _inner.Subscribe(topics);

    /// <inheritdoc/>
    public void Subscribe(string topic) => _inner.Subscribe(topic);

    /// <inheritdoc/>
    public void Unsubscribe() => _inner.Unsubscribe();

    /// <inheritdoc/>
    public void Assign(TopicPartition partition) => _inner.Assign(partition);

    /// <inheritdoc/>
    public void Assign(TopicPartitionOffset partition) => _inner.Assign(partition);

    /// <inheritdoc/>
    public void Assign(IEnumerable<TopicPartitionOffset> partitions) => _inner.Assign(partitions);

    /// <inheritdoc/>
    public void Assign(IEnumerable<TopicPartition> partitions) => _inner.Assign(partitions);

    /// <inheritdoc/>
    public void IncrementalAssign(IEnumerable<TopicPartitionOffset> partitions) => _inner.IncrementalAssign(partitions);

    /// <inheritdoc/>
    public void IncrementalAssign(IEnumerable<TopicPartition> partitions) => _inner.IncrementalAssign(partitions);

    /// <inheritdoc/>
    public void IncrementalUnassign(IEnumerable<TopicPartition> partitions) => _inner.IncrementalUnassign(partitions);

    /// <inheritdoc/>
    public void Unassign() => _inner.Unassign();

    /// <inheritdoc/>
    public void StoreOffset(ConsumeResult<TKey, TValue> result) => _inner.StoreOffset(result);

    /// <inheritdoc/>
    public void StoreOffset(TopicPartitionOffset offset) => _inner.StoreOffset(offset);

    /// <inheritdoc/>
    public void Seek(TopicPartitionOffset tpo) => _inner.Seek(tpo);

    /// <inheritdoc/>
    public void Pause(IEnumerable<TopicPartition> partitions) => _inner.Pause(partitions);

    /// <inheritdoc/>
    public void Resume(IEnumerable<TopicPartition> partitions) => _inner.Resume(partitions);

    /// <inheritdoc/>
    public List<TopicPartitionOffset> Committed(TimeSpan timeout) => _inner.Committed(timeout);

    /// <inheritdoc/>
    public List<TopicPartitionOffset> Committed(IEnumerable<TopicPartition> partitions, TimeSpan timeout) =>
        _inner.Committed(partitions, timeout);

    /// <inheritdoc/>
    public Offset Position(TopicPartition partition) => _inner.Position(partition);

    /// <inheritdoc/>
    public List<TopicPartitionOffset> OffsetsForTimes(IEnumerable<TopicPartitionTimestamp> timestampsToSearch, TimeSpan timeout) =>
        _inner.OffsetsForTimes(timestampsToSearch, timeout);

    /// <inheritdoc/>
    public WatermarkOffsets GetWatermarkOffsets(TopicPartition topicPartition) => _inner.GetWatermarkOffsets(topicPartition);

    /// <inheritdoc/>
    public WatermarkOffsets QueryWatermarkOffsets(TopicPartition topicPartition, TimeSpan timeout) =>
        _inner.QueryWatermarkOffsets(topicPartition, timeout);

    /// <inheritdoc/>
    public int AddBrokers(string brokers) => _inner.AddBrokers(brokers);

    /// <inheritdoc/>
    public void SetSaslCredentials(string username, string password) => _inner.SetSaslCredentials(username, password);

    /// <inheritdoc/>
    public void Close()
    {
        _live.Leave();
        _inner.Close();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _live.Leave();
        _inner.Dispose();
    }

    /// <inheritdoc/>
    void IStatisticsTaker.Take(string statistics) => _live.Take(statistics);

    internal Tracing Tracing { get; }

    /// <summary>The bytes of the record that Consume returned last, on request; <see langword="null"/> where nobody keeps them.</summary>
    internal OriginalKeeper? Originals { get; set; }

    /// <summary>The scope of a record that a deserializer refused.</summary>
    internal ProcessScope StartUnreadable(ConsumeResult<byte[], byte[]> raw) => _processes.Open(raw, correlation: null);

    internal void CommittedAutomatically(CommittedOffsets committed) => _commits.Automatic(committed);
}

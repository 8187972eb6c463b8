using Confluent.Kafka;

namespace Throughline.Benchmarks.Clients;

/// <summary>
/// The inner client of every contender: it sends nothing. With reports it calls the delivery handler at once, always
/// with the same report, so that what a send costs is the instrumentation's alone.
/// </summary>
internal sealed class NoopProducer(bool reports) : IProducer<string, string>
{
    private readonly DeliveryReport<string, string> _report = new()
    {
        Topic = Orders.Topic,
        Partition = Orders.Partition,
        Offset = Orders.Offset,
        Error = new Error(ErrorCode.NoError),
        Status = PersistenceStatus.Persisted,
    };

    private TaskCompletionSource<DeliveryResult<string, string>>? _pending;

    public Handle Handle => null!;

    public string Name => Orders.ClientId;

    public void Produce(string topic, Message<string, string> message, Action<DeliveryReport<string, string>>? deliveryHandler = null)
    {
        if (reports)
        {
            deliveryHandler?.Invoke(_report);
        }
    }

    public void Produce(
        TopicPartition topicPartition, Message<string, string> message, Action<DeliveryReport<string, string>>? deliveryHandler = null)
    {
        if (reports)
        {
            deliveryHandler?.Invoke(_report);
        }
    }

    /// <summary>Pending until <see cref="Deliver"/>, as a real send is.</summary>
    public Task<DeliveryResult<string, string>> ProduceAsync(
        string topic, Message<string, string> message, CancellationToken cancellationToken = default)
    {
        _pending = new();
        return _pending.Task;
    }

    public Task<DeliveryResult<string, string>> ProduceAsync(
        TopicPartition topicPartition, Message<string, string> message, CancellationToken cancellationToken = default) =>
        ProduceAsync(topicPartition.Topic, message, cancellationToken);

    /// <summary>Completes the last <see cref="ProduceAsync(string,Message{string,string},CancellationToken)"/>.</summary>
    public void Deliver() => _pending!.SetResult(_report);

    public int Poll(TimeSpan timeout) => 0;

    public int Flush(TimeSpan timeout) => 0;

    public void Flush(CancellationToken cancellationToken = default)
    {
    }

    public void InitTransactions(TimeSpan timeout) => throw new NotSupportedException();

    public void BeginTransaction() => throw new NotSupportedException();

    public void CommitTransaction(TimeSpan timeout) => throw new NotSupportedException();

    public void CommitTransaction() => throw new NotSupportedException();

    public void AbortTransaction(TimeSpan timeout) => throw new NotSupportedException();

    public void AbortTransaction() => throw new NotSupportedException();

    public void SendOffsetsToTransaction(
        IEnumerable<TopicPartitionOffset> offsets, IConsumerGroupMetadata groupMetadata, TimeSpan timeout) =>
        throw new NotSupportedException();

    public int AddBrokers(string brokers) => 0;

    public void SetSaslCredentials(string username, string password) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;
using OpenTelemetry;

namespace Throughline.Kafka.Stress.Clients;

/// <summary>A producer that reports everything as delivered, and looks whether its thread is as it was after a handler.</summary>
internal sealed class LoopbackProducer : IProducer<string, string>
{
    private readonly BlockingCollection<Action> _reports = [];
    private readonly Delivery _delivery;
    private readonly Witness _witness;

    public LoopbackProducer(Delivery delivery, Witness witness)
    {
        _delivery = delivery;
        _witness = witness;
        if (delivery == Delivery.PollThread)
        {
            new Thread(Poll) { IsBackground = true, Name = "poll" }.UnsafeStart();
        }
    }

    public Handle Handle => null!;

    public string Name => "loopback";

    public void Produce(string topic, Message<string, string> message, Action<DeliveryReport<string, string>>? deliveryHandler = null)
    {
        // As Confluent's: the message is copied within Produce.
        var copy = Copy(message);
        Deliver(() => deliveryHandler?.Invoke(new()
        {
            Topic = topic,
            Partition = 0,
            Offset = 1,
            Error = new(ErrorCode.NoError),
            Status = PersistenceStatus.Persisted,
            Message = copy,
        }));
    }

    public void Produce(
        TopicPartition topicPartition, Message<string, string> message, Action<DeliveryReport<string, string>>? deliveryHandler = null) =>
        Produce(topicPartition.Topic, message, deliveryHandler);

    public Task<DeliveryResult<string, string>> ProduceAsync(
        string topic, Message<string, string> message, CancellationToken cancellationToken = default)
    {
        var delivered = new TaskCompletionSource<DeliveryResult<string, string>>(
            _delivery == Delivery.PollThread ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        Produce(topic, message, delivered.SetResult);
        return delivered.Task;
    }

    public Task<DeliveryResult<string, string>> ProduceAsync(
        TopicPartition topicPartition, Message<string, string> message, CancellationToken cancellationToken = default) =>
        ProduceAsync(topicPartition.Topic, message, cancellationToken);

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

    public void Dispose() => _reports.CompleteAdding();

    private static Message<string, string> Copy(Message<string, string> message)
    {
        var headers = new Headers();
        foreach (var header in message.Headers ?? [])
        {
            headers.Add(header.Key, [.. header.GetValueBytes()]);
        }

        return new() { Key = message.Key, Value = message.Value, Headers = headers };
    }

    private void Deliver(Action report)
    {
        switch (_delivery)
        {
            case Delivery.WithinProduce:
                report();
                break;
            case Delivery.PollThread:
                _reports.Add(report);
                break;
            default:
                ThreadPool.UnsafeQueueUserWorkItem(static state => state.Producer.DeliverApart(state.Report), (Producer: this, Report: report), preferLocal: false);
                break;
        }
    }

    private void Poll()
    {
        foreach (var report in _reports.GetConsumingEnumerable())
        {
            DeliverApart(report);
        }
    }

    private void DeliverApart(Action report)
    {
        try
        {
            report();
        }
        catch (FormatException)
        {
            // The handler's own, as Confluent's poll thread swallows it.
        }

        if (Activity.Current is not null || Baggage.Current.Count > 0)
        {
            _witness.Fail($"a delivery handler left '{Activity.Current?.DisplayName}' and {Baggage.Current.Count} baggage members on the client's thread");
        }
    }
}

using Confluent.Kafka;
using Throughline.Kafka.Internal;
using Throughline.Kafka.Internal.Metrics;
using Throughline.Kafka.Internal.Transactions;

namespace Throughline.Kafka;

/// <summary>
/// A producer that traces its sends: a span each, completed by the delivery report, with its context in the record's
/// headers. Everything else is the inner producer's.
/// </summary>
/// <remarks>
/// Made by <see cref="TracingProducerBuilder{TKey,TValue}"/> or by
/// <see cref="TracingExtensions.WithTracing{TKey,TValue}(IProducer{TKey,TValue},KafkaClientDescription,KafkaTracingOptions)"/>.
/// Faults of the instrumentation never reach the caller; exceptions of the inner producer do, as they are.
/// </remarks>
/// <typeparam name="TKey">The type of keys.</typeparam>
/// <typeparam name="TValue">The type of values.</typeparam>
public sealed class TracingProducer<TKey, TValue> : IProducer<TKey, TValue>, IStatisticsTaker, ITransactionalProducer
{
    private readonly IProducer<TKey, TValue> _inner;
    private readonly SendTracer<TKey, TValue> _tracer;
    private readonly LiveClient _live;

    // Built by a builder or wrapped: the type says it.
    private readonly bool _isConfluents;

    // Whether a handler may be given to the inner client; see RefusesReports.
    private volatile bool _reports;

    internal TracingProducer(
        IProducer<TKey, TValue> inner,
        KafkaClientDescription description,
        KafkaTracingOptions options,
        InnerClient? client = null,
        StatisticsSettings? statistics = null,
        Action<IProducer<TKey, TValue>, LogMessage>? logHandler = null)
    {
        _inner = inner;
        _isConfluents = inner.GetType().Assembly == typeof(IProducer<,>).Assembly;
        var tracing = new Tracing(options, description, inner);
        client ??= InnerClient.Unknown;
        Action<string>? warn = client.SizesAreKnown ? warning => ClientLog.Warn(this, logHandler, warning) : null;
        _tracer = new(tracing, client, new HeaderBytes(options.HeaderShareMax, warn), description.TransactionalId);
        _live = LiveClient.Producer(tracing, statistics);
        _reports = description.DeliveryReports;
    }

    /// <inheritdoc/>
    public Handle Handle => _inner.Handle;

    /// <inheritdoc/>
    public string Name => _inner.Name;

    TransactionTracer ITransactionalProducer.Transactions => Transactions;

    private TransactionTracer Transactions => _tracer.Transactions;

    /// <inheritdoc/>
    public void Produce(string topic, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? deliveryHandler = null) =>
        Produce(new Destination(topic, null), message, deliveryHandler);

    /// <inheritdoc/>
    public void Produce(
        TopicPartition topicPartition, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? deliveryHandler = null) =>
        Produce(new Destination(topicPartition?.Topic, topicPartition), message, deliveryHandler);

    /// <inheritdoc/>
    public Task<DeliveryResult<TKey, TValue>> ProduceAsync(
        string topic, Message<TKey, TValue> message, CancellationToken cancellationToken = default) =>
        ProduceAsync(new Destination(topic, null), message, cancellationToken);

    /// <inheritdoc/>
    public Task<DeliveryResult<TKey, TValue>> ProduceAsync(
        TopicPartition topicPartition, Message<TKey, TValue> message, CancellationToken cancellationToken = default) =>
        ProduceAsync(new Destination(topicPartition?.Topic, topicPartition), message, cancellationToken);

    /// <inheritdoc/>
    public int Poll(TimeSpan timeout) => _inner.Poll(timeout);

    /// <inheritdoc/>
    public int Flush(TimeSpan timeout) => _inner.Flush(timeout);

    /// <inheritdoc/>
    public void Flush(CancellationToken cancellationToken = default) => _inner.Flush(cancellationToken);

    /// <inheritdoc/>
    public void InitTransactions(TimeSpan timeout)
    {
        _inner.InitTransactions(timeout);
        Transactions.Initialised();
    }

    /// <inheritdoc/>
    public void BeginTransaction()
    {
        _inner.BeginTransaction();
        Transactions.Begun();
    }

    /// <inheritdoc/>
    public void CommitTransaction(TimeSpan timeout) => Transactions.Commit(() => _inner.CommitTransaction(timeout));

    /// <inheritdoc/>
    public void CommitTransaction() => Transactions.Commit(_inner.CommitTransaction);

    /// <inheritdoc/>
    public void AbortTransaction(TimeSpan timeout) => Transactions.Abort(() => _inner.AbortTransaction(timeout));

    /// <inheritdoc/>
    public void AbortTransaction() => Transactions.Abort(_inner.AbortTransaction);

    /// <inheritdoc/>
    public void SendOffsetsToTransaction(
        IEnumerable<TopicPartitionOffset> offsets, IConsumerGroupMetadata groupMetadata, TimeSpan timeout)
    {
        // Once: it may be a query.
        var given = offsets?.ToList();
        Transactions.SendOffsets(given, groupMetadata, () => _inner.SendOffsetsToTransaction(given, groupMetadata, timeout));
    }

    /// <inheritdoc/>
    public int AddBrokers(string brokers) => _inner.AddBrokers(brokers);

    /// <inheritdoc/>
    public void SetSaslCredentials(string username, string password) => _inner.SetSaslCredentials(username, password);

    /// <summary>Disposes the inner producer; spans whose records were not reported by then end with their outcome unknown.</summary>
    public void Dispose()
    {
        _live.Leave();
        try
        {
            _inner.Dispose();
        }
        finally
        {
            _tracer.InFlight.EndAll();
        }
    }

    /// <inheritdoc/>
    void IStatisticsTaker.Take(string statistics) => _live.Take(statistics);

    private void Produce(
        in Destination to, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? deliveryHandler)
    {
        if (!_tracer.TryBegin(to, message, out var outgoing, comesBack: true))
        {
            Send(to, message, deliveryHandler);
            return;
        }

        try
        {
            if (outgoing.Span is null || !_reports)
            {
                SendWithinSize(to, outgoing, deliveryHandler);
                outgoing.Span?.EndUnknown();
            }
            else
            {
                SendFollowed(to, outgoing, deliveryHandler);
            }

            _tracer.Copies.TakeBack(outgoing.Message);
        }
        catch (Exception exception)
        {
            outgoing.Fail(exception);
            throw;
        }
    }

    private void SendFollowed(
        in Destination to, in OutgoingMessage<TKey, TValue> outgoing, Action<DeliveryReport<TKey, TValue>>? deliveryHandler)
    {
        var span = outgoing.Span!;
        try
        {
            SendWithinSize(to, outgoing, span.Around(deliveryHandler));
        }
        catch (InvalidOperationException exception) when (deliveryHandler is null && RefusesReports(exception))
        {
            // A wrapped client whose description left out that it gives no reports.
            _reports = false;
            SendWithinSize(to, outgoing, deliveryHandler);
            span.EndUnknown();
        }
    }

    // Where trace headers alone make a record too large for the client, it goes without them.
    private void SendWithinSize(
        in Destination to, in OutgoingMessage<TKey, TValue> outgoing, Action<DeliveryReport<TKey, TValue>>? deliveryHandler)
    {
        try
        {
            Send(to, outgoing.Message, deliveryHandler);
        }
        catch (ProduceException<TKey, TValue> exception) when (outgoing.IsRefusedForSize(exception))
        {
            // Before it goes: once it has gone, its report may end the span at any moment.
            outgoing.TellHeadersDropped();
            Send(to, _tracer.Copies.WithoutContext(outgoing), deliveryHandler);
            SendTracer<TKey, TValue>.CountHeadersDropped(to);
        }
    }

    private Task<DeliveryResult<TKey, TValue>> ProduceAsync(
        in Destination to, Message<TKey, TValue> message, CancellationToken cancellationToken)
    {
        if (!_tracer.TryBegin(to, message, out var outgoing, comesBack: false))
        {
            return SendAsync(to, message, cancellationToken);
        }

        if (outgoing.Span is null)
        {
            return outgoing.IsCopy
                ? DeliverAsync(to, outgoing, cancellationToken)
                : SendAsync(to, message, cancellationToken);
        }

        if (!cancellationToken.CanBeCanceled || !_isConfluents)
        {
            return DeliverAsync(to, outgoing, cancellationToken);
        }

        // Confluent's own client would release the caller and forget the report; the record may still be sent. So the
        // caller is released here, and the report ends the span.
        return DeliverAsync(to, outgoing, CancellationToken.None).ReleaseOn(cancellationToken);
    }

    // One method, though it nests: a second one would cost each send another state machine (152 B).
    private async Task<DeliveryResult<TKey, TValue>> DeliverAsync(
        Destination to, OutgoingMessage<TKey, TValue> outgoing, CancellationToken cancellationToken)
    {
        try
        {
            DeliveryResult<TKey, TValue> result;
            var atOnce = false;
            try
            {
                var sending = SendAsync(to, outgoing.Message, cancellationToken);
                atOnce = sending.IsCompleted;
                result = await sending.ConfigureAwait(false);
            }
            catch (ProduceException<TKey, TValue> exception) when (
                outgoing.IsRefusedForSize(exception) && (atOnce || Transactions.Open is null))
            {
                // A transaction is broken by a broker's refusal, but not by the client's own, which comes at once.
                outgoing.TellHeadersDropped();
                result = await SendAsync(to, _tracer.Copies.WithoutContext(outgoing), cancellationToken).ConfigureAwait(false);
                SendTracer<TKey, TValue>.CountHeadersDropped(to);
            }

            outgoing.Deliver(result);
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whether the record goes all the same is the inner client's secret.
            outgoing.Span?.EndUnknown();
            throw;
        }
        catch (Exception exception)
        {
            outgoing.Fail(exception);
            throw;
        }
    }

    // The overload that the caller chose: the inner client may be a decorator that tells them apart.
    private void Send(
        in Destination to, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? deliveryHandler)
    {
        if (to.Place is null)
        {
            _inner.Produce(to.Topic, message, deliveryHandler);
        }
        else
        {
            _inner.Produce(to.Place, message, deliveryHandler);
        }
    }

    private Task<DeliveryResult<TKey, TValue>> SendAsync(
        in Destination to, Message<TKey, TValue> message, CancellationToken cancellationToken) => to.Place is null
        ? _inner.ProduceAsync(to.Topic, message, cancellationToken)
        : _inner.ProduceAsync(to.Place, message, cancellationToken);

    // The client's own words for a handler that it was configured not to call.
    private static bool RefusesReports(InvalidOperationException exception) =>
        exception.Message.Contains("delivery reports are disabled", StringComparison.OrdinalIgnoreCase);
}

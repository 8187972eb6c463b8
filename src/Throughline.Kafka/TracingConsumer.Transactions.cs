using Confluent.Kafka;
using Throughline.Kafka.Internal.Transactions;

namespace Throughline.Kafka;

/// <content>The loop that processes the consumer's records in transactions: consume, process, produce, exactly once.</content>
public sealed partial class TracingConsumer<TKey, TValue>
{
    /// <summary>
    /// Consumes until cancelled, in transactions of <paramref name="producer"/>: each record is handled inside its scope, one
    /// after the other; what handlers send with that producer, and the offsets of the records, take effect together or not at
    /// all. What is aborted (a handler's failure, a refused commit, a partition that was lost) comes again.
    /// </summary>
    /// <remarks>
    /// Exactly once is what consumers with <c>isolation.level=read_committed</c> (the client's default) see; what a handler
    /// does elsewhere can repeat. A handler is not polled around: with its transaction it must be done within the producer's
    /// <c>transaction.timeout.ms</c> and the consumer's <c>max.poll.interval.ms</c>. Before partitions are given to another
    /// consumer, what is handled of them is committed; a wrapped consumer is never told, so its late offsets are refused and
    /// its transaction aborted.
    /// </remarks>
    /// <typeparam name="TOutKey">The type of the producer's keys.</typeparam>
    /// <typeparam name="TOutValue">The type of the producer's values.</typeparam>
    /// <param name="producer">A producer with a <c>transactional.id</c>, which nobody else uses while the loop runs.</param>
    /// <param name="handler">Handles a record; its sends need not be awaited. The token is <paramref name="cancellationToken"/>.</param>
    /// <param name="options">How records are put into transactions; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">
    /// Ends the loop: the record in hand is finished and the transaction committed; if its handler gives up, it is aborted.
    /// </param>
    /// <returns>Completes when the loop has ended because of the token.</returns>
    /// <exception cref="ArgumentException">An option is not allowed; the message names it, its value, and what is.</exception>
    /// <exception cref="InvalidOperationException">
    /// The consumer may commit records by itself (<c>enable.auto.offset.store</c> with <c>enable.auto.commit</c>; of a wrapped one
    /// only the first can be known), or its records are being processed already.
    /// </exception>
    /// <exception cref="KafkaException">
    /// The producer is of no more use: fenced by another one with its <c>transactional.id</c>, or it has none; or a commit's
    /// outcome is not known. Nothing is lost: the brokers know what was committed. Dispose of both clients.
    /// </exception>
    /// <exception cref="ConsumeException">A record cannot be read, or a permission is refused; earlier records are committed.</exception>
    /// <exception cref="AggregateException">A transaction could be neither committed nor aborted: why, and why not.</exception>
    public Task ProcessTransactionsAsync<TOutKey, TOutValue>(
        TracingProducer<TOutKey, TOutValue> producer,
        Func<ConsumeResult<TKey, TValue>, CancellationToken, Task> handler,
        TransactionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(producer);
        ArgumentNullException.ThrowIfNull(handler);
        _processing.ThrowIfUnfitForTransactions(_inner);
        var loop = new TransactionalLoop<TKey, TValue>(this, producer, TransactionLimits.Of(options), handler, Tracing.Time);
        return RunAsync(loop, loop.RunAsync, cancellationToken);
    }
}

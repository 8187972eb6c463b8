using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Failures;
using Throughline.Kafka.Internal.Processing;

namespace Throughline.Kafka;

/// <content>Loops that process the consumer's records.</content>
public sealed partial class TracingConsumer<TKey, TValue>
{
    private IAssignmentListener? _assignmentListener;

    /// <summary>Whoever processes this consumer's records.</summary>
    internal IAssignmentListener? AssignmentListener => _assignmentListener;

    /// <summary>
    /// Consumes until cancelled: each record is handled inside its scope, and committed when its handler, and those of the
    /// records before it in its partition, are done. The client is polled meanwhile, however long handlers take.
    /// </summary>
    /// <param name="handler">
    /// Handles a record. Its token tells it to give up: its partition was lost, or the loop is ending or the partition
    /// given away and <see cref="ProcessingOptions.DrainTimeout"/> is over.
    /// </param>
    /// <param name="options">How; <see langword="null"/> for one record after the other.</param>
    /// <param name="cancellationToken">Ends the loop: what handlers have begun they may finish.</param>
    /// <returns>Completes when the loop has ended because of the token.</returns>
    /// <exception cref="ArgumentException">An option is not allowed; the message names it, its value, and what is.</exception>
    /// <exception cref="InvalidOperationException">
    /// The consumer stores offsets by itself, before records are handled (<c>enable.auto.offset.store</c>); or its records are
    /// being processed already; or they are to be ordered by keys that cannot be compared.
    /// </exception>
    /// <exception cref="ConsumeException">
    /// A record cannot be read, a permission is refused, or the client says that the error is fatal; what is finished is
    /// committed. After any other error (a topic that does not exist yet, brokers that are away) the loop goes on.
    /// </exception>
    /// <exception cref="ForwardException">A record could neither be processed nor be sent on.</exception>
    /// <remarks>
    /// An exception of a handler is what <see cref="ProcessingOptions.Retry"/> and <see cref="ProcessingOptions.Failures"/> are
    /// about; the latter also a record that cannot be read. Without them, and after them, it ends the loop, when the others
    /// have finished, and is thrown as it is; that record, and those behind it in its partition, are not committed.
    /// </remarks>
    public Task ProcessAsync(
        Func<ConsumeResult<TKey, TValue>, CancellationToken, Task> handler,
        ProcessingOptions? options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var runner = new RecordRunner<TKey, TValue>(this, handler, FailurePolicy.Of(options, this), cancellationToken);
        return RunAsync(runner, options, cancellationToken);
    }

    /// <inheritdoc cref="ProcessAsync(Func{ConsumeResult{TKey,TValue},CancellationToken,Task},ProcessingOptions,CancellationToken)"/>
    public Task ProcessAsync(
        Func<ConsumeResult<TKey, TValue>, CancellationToken, Task> handler, CancellationToken cancellationToken = default) =>
        ProcessAsync(handler, null, cancellationToken);

    /// <summary>
    /// The same with batches: as many records as have come, up to <see cref="BatchOptions.SizeMax"/>, or those that came within
    /// <see cref="BatchOptions.WaitMax"/>. With one worker a batch may have records of several partitions; with several it
    /// is of one partition, or of keys that wait for each other, as <see cref="ProcessingOptions.Order"/> says.
    /// </summary>
    /// <param name="handler">
    /// Handles a batch. If it throws, all of it has failed, after <see cref="ProcessingOptions.Retry"/>'s attempts;
    /// <see cref="RecordBatch{TKey,TValue}.Fail"/> names the records that have, without further attempts.
    /// </param>
    /// <param name="batch">What a batch is; <see langword="null"/> for the defaults.</param>
    /// <param name="options">How; <see langword="null"/> for one batch after the other.</param>
    /// <param name="cancellationToken">Ends the loop: what handlers have begun they may finish.</param>
    /// <exception cref="BatchFailedException">Records were named as failed, and had nowhere to go; it names them, and why.</exception>
    /// <inheritdoc cref="ProcessAsync(Func{ConsumeResult{TKey,TValue},CancellationToken,Task},ProcessingOptions,CancellationToken)" path="/exception"/>
    public Task ProcessBatchesAsync(
        Func<RecordBatch<TKey, TValue>, CancellationToken, Task> handler,
        BatchOptions? batch = null,
        ProcessingOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        batch ??= new();
        var take = Take.Of(batch, ProcessingLimits.Of(options));
        var runner = new BatchRunner<TKey, TValue>(this, handler, take, batch.Spans, FailurePolicy.Of(options, this), cancellationToken);
        return RunAsync(runner, options, cancellationToken);
    }

    /// <summary>
    /// The records as an asynchronous stream. The client is polled meanwhile, however long the loop's body takes, and what was
    /// read before a rebalance and is somebody else's now is left out.
    /// </summary>
    /// <remarks>
    /// A stream cannot make a scope current for its reader: open it in the loop's body, by <see cref="StartProcess"/>, and call
    /// <see cref="StoreOffset(ConsumeResult{TKey,TValue})"/> when the record is done. Ending the enumeration ends the polling, and
    /// takes the consumer back to the first record that was not read. A record that cannot be deserialized ends it, after those
    /// before it; another enumeration goes on behind it.
    /// </remarks>
    /// <param name="cancellationToken">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">
    /// The consumer stores offsets by itself, before records are read (<c>enable.auto.offset.store</c>); or its records are being
    /// processed already.
    /// </exception>
    /// <exception cref="ConsumeException">As in a processing loop.</exception>
    public async IAsyncEnumerable<ConsumeResult<TKey, TValue>> ConsumeAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _processing.ThrowIfUnfit(_inner);
        var stream = new RecordStream<TKey, TValue>(this);
        Listen(stream);
        try
        {
            await foreach (var record in stream.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return record;
            }
        }
        finally
        {
            _assignmentListener = null;
        }
    }

    private Task RunAsync(IRecordHandling<TKey, TValue> handling, ProcessingOptions? options, CancellationToken stop)
    {
        _processing.ThrowIfUnfit(_inner);
        var loop = new ProcessingLoop<TKey, TValue>(this, _processing, ProcessingLimits.Of(options), handling, Tracing.Time);
        return RunAsync(loop, loop.RunAsync, stop);
    }

    private Task RunAsync(IAssignmentListener loop, Func<CancellationToken, Task> runAsync, CancellationToken stop)
    {
        Listen(loop);
        return RunToEndAsync();

        async Task RunToEndAsync()
        {
            try
            {
                await runAsync(stop).ConfigureAwait(false);
            }
            finally
            {
                _assignmentListener = null;
            }
        }
    }

    private void Listen(IAssignmentListener listener)
    {
        if (Interlocked.CompareExchange(ref _assignmentListener, listener, null) is not null)
        {
            throw new InvalidOperationException(
                "This consumer's records are being processed already. Allowed: one loop a consumer; several at a time are "
                + $"handled by {nameof(ProcessingOptions)}.{nameof(ProcessingOptions.Workers)}.");
        }
    }
}

namespace Throughline.Kafka.Hosting;

/// <summary>
/// Handles the records of a hosted consumer in batches. It is taken from a service scope of the batch's own, which is
/// disposed when the batch is handled.
/// </summary>
/// <typeparam name="TKey">The type of keys.</typeparam>
/// <typeparam name="TValue">The type of values.</typeparam>
public interface IBatchHandler<TKey, TValue>
{
    /// <summary>
    /// Handles a batch. When this returns its records are done, but for those named by
    /// <see cref="RecordBatch{TKey,TValue}.Fail"/>; when it throws, all of them have failed.
    /// </summary>
    /// <param name="batch">One record or more.</param>
    /// <param name="cancellationToken">Tells the handler to give up: a partition was lost, or the time for finishing is over.</param>
    Task HandleAsync(RecordBatch<TKey, TValue> batch, CancellationToken cancellationToken);
}

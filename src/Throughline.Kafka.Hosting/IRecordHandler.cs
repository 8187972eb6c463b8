using Confluent.Kafka;

namespace Throughline.Kafka.Hosting;

/// <summary>
/// Handles the records of a hosted consumer, one each. It is taken from a service scope of the record's own, which is
/// disposed when the record is handled.
/// </summary>
/// <typeparam name="TKey">The type of keys.</typeparam>
/// <typeparam name="TValue">The type of values.</typeparam>
public interface IRecordHandler<TKey, TValue>
{
    /// <summary>
    /// Handles a record, inside its <c>process</c> span. When this returns the record is done; when it throws, it has failed,
    /// and what follows is the consumer's <see cref="KafkaConsumerOptions.Processing"/>.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Tells the handler to give up: the partition was lost, or the time for finishing is over.</param>
    Task HandleAsync(ConsumeResult<TKey, TValue> record, CancellationToken cancellationToken);
}

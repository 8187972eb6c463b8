using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>
/// The steps of a transaction, each repeated where the client says that it may be, for a bounded time. What they throw in
/// the end is the client's last word.
/// </summary>
internal sealed class TransactionCalls(ITransactionalProducer producer, TimeSpan timeout, TimeProvider time)
{
    // A retriable failure mostly is a time-out, which has waited already.
    private static readonly TimeSpan RepeatDelay = TimeSpan.FromMilliseconds(100);

    // Brokers that are away are waited for by the abort itself.
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    internal void Initialise()
    {
        if (producer.Transactions.IsInitialised)
        {
            return;
        }

        try
        {
            Repeat(producer.InitTransactions);
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_State)
        {
            // Done before the producer was wrapped; if not, beginning a transaction says so.
            producer.Transactions.Initialised();
        }
    }

    internal void Begin() => producer.BeginTransaction();

    internal void SendOffsets(IReadOnlyCollection<TopicPartitionOffset> offsets, IConsumerGroupMetadata group) =>
        Repeat(left => producer.SendOffsetsToTransaction(offsets, group, left));

    internal void Commit() => Repeat(producer.CommitTransaction);

    // An abort can overtake the registration of the first send's partition with the coordinator, which then knows of no
    // transaction and refuses; the client takes that for fatal. So sends that are on their way arrive first.
    internal void Abort()
    {
        producer.Flush(FlushTimeout < timeout ? FlushTimeout : timeout);
        Repeat(producer.AbortTransaction);
    }

    private void Repeat(Action<TimeSpan> call)
    {
        var startTimestamp = time.GetTimestamp();
        var left = timeout;
        while (true)
        {
            try
            {
                call(left);
                return;
            }
            catch (KafkaRetriableException)
            {
                left = timeout - time.GetElapsedTime(startTimestamp);
                if (left <= RepeatDelay)
                {
                    throw;
                }
            }

            // The thread is the loop's own.
            Task.Delay(RepeatDelay, time).GetAwaiter().GetResult();
        }
    }
}

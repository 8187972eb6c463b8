using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>What of a tracing producer has to do with transactions, whatever the types of its keys and values.</summary>
internal interface ITransactionalProducer
{
    TransactionTracer Transactions { get; }

    void InitTransactions(TimeSpan timeout);

    void BeginTransaction();

    void SendOffsetsToTransaction(IEnumerable<TopicPartitionOffset> offsets, IConsumerGroupMetadata groupMetadata, TimeSpan timeout);

    void CommitTransaction(TimeSpan timeout);

    void AbortTransaction(TimeSpan timeout);

    int Flush(TimeSpan timeout);
}

namespace Throughline.Kafka.Internal;

/// <summary>
/// Every attribute name this library writes. The conventions': https://opentelemetry.io/docs/specs/semconv/messaging/
/// (1.44); <see cref="V124"/> holds the names of v1.24; <c>throughline.*</c> are ours.
/// </summary>
internal static class AttributeNames
{
    internal const string System = "messaging.system";
    internal const string OperationName = "messaging.operation.name";
    internal const string OperationType = "messaging.operation.type";
    internal const string DestinationName = "messaging.destination.name";
    internal const string PartitionId = "messaging.destination.partition.id";
    internal const string ConsumerGroup = "messaging.consumer.group.name";
    internal const string ClientId = "messaging.client.id";
    internal const string BatchMessageCount = "messaging.batch.message_count";
    internal const string BodySize = "messaging.message.body.size";
    internal const string Offset = "messaging.kafka.offset";
    internal const string MessageKey = "messaging.kafka.message.key";
    internal const string Tombstone = "messaging.kafka.message.tombstone";
    internal const string ClusterId = "messaging.kafka.cluster.id";
    internal const string HeaderPrefix = "messaging.header.";
    internal const string ServerAddress = "server.address";
    internal const string ServerPort = "server.port";
    internal const string ErrorType = "error.type";
    internal const string ExceptionType = "exception.type";
    internal const string ExceptionMessage = "exception.message";

    /// <summary>The record's own timestamp: milliseconds since the Unix epoch.</summary>
    internal const string RecordTimestamp = "throughline.record.timestamp_unix_ms";

    /// <summary>Who set that timestamp: <c>CreateTime</c> (producer) or <c>LogAppendTime</c> (broker).</summary>
    internal const string RecordTimestampType = "throughline.record.timestamp_type";

    /// <summary>When Consume returned the record to the application: nanoseconds since the Unix epoch.</summary>
    internal const string RecordReceived = "throughline.record.received_unix_nano";

    /// <summary>The record's value as text, on request; within a limit.</summary>
    internal const string Payload = "throughline.record.payload";

    /// <summary>Names of headers that were to be told and are not, because of the cap.</summary>
    internal const string HeadersLeftOut = "throughline.record.headers_left_out";

    /// <summary><c>unknown</c> on a send whose outcome nobody reported.</summary>
    internal const string SendOutcome = "throughline.send.outcome";

    /// <summary>Why a send carries no trace headers although a context was there.</summary>
    internal const string HeadersDropped = "throughline.send.headers_dropped";

    /// <summary>Names and values of the trace headers, in bytes, on a send that was refused for its size.</summary>
    internal const string TraceHeaderBytes = "throughline.send.trace_header_bytes";

    /// <summary>Links that a batch span left out because of the cap.</summary>
    internal const string LinksLeftOut = "throughline.batch.links_left_out";

    /// <summary>How a commit came about: <c>manual</c>, <c>automatic</c>, or as part of a <c>transaction</c>.</summary>
    internal const string CommitTrigger = "throughline.commit.trigger";

    /// <summary>Librdkafka's own name of a client, which no other client of the process has: <c>{client.id}#producer-3</c>.</summary>
    internal const string ClientName = "throughline.client.name";

    /// <summary>A broker's id, or the name of the coordinator that it is to the client: <c>GroupCoordinator</c>.</summary>
    internal const string BrokerId = "throughline.broker.id";

    /// <summary>The producer's <c>transactional.id</c>, on everything within a transaction.</summary>
    internal const string TransactionId = "throughline.transaction.id";

    /// <summary>Which of its producer's transactions this is: 1, 2, …</summary>
    internal const string TransactionSequence = "throughline.transaction.sequence";

    /// <summary>How many sends were attempted in the transaction, recorded or not; on what ends it.</summary>
    internal const string TransactionSends = "throughline.transaction.sends";

    /// <summary>Recorded sends that the span ending a transaction does not link to because of the cap.</summary>
    internal const string TransactionLinksLeftOut = "throughline.transaction.links_left_out";

    /// <summary>Which time it is that a transactional loop tries the record, from the second on.</summary>
    internal const string TransactionAttempt = "throughline.transaction.attempt";

    /// <summary>How often a record's handler was called here, where that was more than once.</summary>
    internal const string AttemptCount = "throughline.attempts";

    /// <summary>Which attempt it is, from 1.</summary>
    internal const string Attempt = "throughline.attempt";

    /// <summary>The event of an attempt that failed and is repeated.</summary>
    internal const string AttemptFailedEvent = "throughline.attempt.failed";

    /// <summary>The pause before the next attempt, in milliseconds.</summary>
    internal const string AttemptBackoff = "throughline.attempt.backoff_ms";

    /// <summary>How often a record was sent to a retry topic before.</summary>
    internal const string RetryRound = "throughline.retry.round";

    /// <summary>Where a retried or dead-lettered record failed first.</summary>
    internal const string OriginalTopic = "throughline.original.topic";
    internal const string OriginalPartition = "throughline.original.partition";
    internal const string OriginalOffset = "throughline.original.offset";

    /// <summary>What became of a record whose processing failed: <c>retry_scheduled</c> or <c>dead_lettered</c>; <c>redriven</c> of a dead letter.</summary>
    internal const string ProcessOutcome = "throughline.process.outcome";

    /// <summary>The topic that a failed record, or a redriven one, was sent to.</summary>
    internal const string FailureDestination = "throughline.failure.destination";

    /// <summary>What a failed record's headers left out because of its size: <c>stack</c>, <c>details</c> or <c>all</c>.</summary>
    internal const string FailureHeadersTrimmed = "throughline.failure.headers_trimmed";

    /// <summary>Where a contained fault of the instrumentation, or of a hook, happened.</summary>
    internal const string FaultPlace = "throughline.fault.place";

    /// <summary>The names of v1.24 that <c>OTEL_SEMCONV_STABILITY_OPT_IN=messaging/dup</c> adds.</summary>
    internal static class V124
    {
        internal const string Operation = "messaging.operation";
        internal const string ClientId = "messaging.client_id";
        internal const string ConsumerGroup = "messaging.kafka.consumer.group";
        internal const string Partition = "messaging.kafka.destination.partition";
        internal const string Offset = "messaging.kafka.message.offset";
    }
}

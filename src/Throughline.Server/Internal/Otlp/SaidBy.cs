namespace Throughline.Server.Internal.Otlp;

/// <summary>What an attribute can say that the server reads out, whatever the attribute is called.</summary>
internal enum SaidBy : byte
{
    Nothing = 0,
    System,

    /// <summary>The conventions' operation type, or <c>messaging.operation</c>, which came before it.</summary>
    Operation,

    /// <summary>The system's own name of the operation: asked where the type is not told.</summary>
    OperationName,
    Topic,
    Partition,
    Offset,
    Group,
    ClientId,
    ClusterId,
    ServerAddress,
    ServerPort,
    Key,
    Tombstone,
    BatchCount,
    BodySize,

    /// <summary>Python writes <c>topic.partition.offset</c> here.</summary>
    MessageId,
    TraceHeaderBytes,
    RecordTimestamp,
    RecordTimestampType,
    RecordReceived,
    SendOutcome,
    HeadersDropped,

    /// <summary>An array: a record may have several.</summary>
    TraceParentHeader,
    ProcessOutcome,
    FailureDestination,
    RetryRound,
    OriginalTopic,
    OriginalPartition,
    OriginalOffset,
    TransactionId,
    TransactionSequence,
    ErrorType,
    ExceptionType,

    /// <summary>From here on: of resources.</summary>
    Service,
    ServiceVersion,
    Environment,
}

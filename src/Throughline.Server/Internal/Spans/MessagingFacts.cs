namespace Throughline.Server.Internal.Spans;

/// <summary>
/// What a span says of a record, whatever names its instrumentation used for it: the alias table has been applied. What is
/// not said is null, or -1.
/// </summary>
internal sealed class MessagingFacts
{
    /// <summary><c>kafka</c>, <c>rabbitmq</c>…; lower case.</summary>
    public required string System { get; init; }

    public MessagingOperation Operation { get; init; }

    public string? Topic { get; init; }

    public int Partition { get; init; } = -1;

    public long Offset { get; init; } = -1;

    public string? Group { get; init; }

    public string? ClientId { get; init; }

    public string? ClusterId { get; init; }

    /// <summary><c>server.address</c>, with its port where told.</summary>
    public string? Server { get; init; }

    public string? Key { get; init; }

    public bool IsTombstone { get; init; }

    /// <summary>Records in a batch; -1 for a span of one record.</summary>
    public int BatchCount { get; init; } = -1;

    public long BodySize { get; init; } = -1;

    /// <summary>Bytes of the headers that tracing put on the record.</summary>
    public int TraceHeaderBytes { get; init; } = -1;

    /// <summary>The record's own timestamp, Unix milliseconds.</summary>
    public long RecordTimestampUnixMs { get; init; } = -1;

    /// <summary>Whether the broker set that timestamp (LogAppendTime) rather than the sender (CreateTime).</summary>
    public bool IsLogAppendTime { get; init; }

    /// <summary>When the client got the record from its fetch, Unix nanoseconds.</summary>
    public long ReceivedUnixNs { get; init; } = -1;

    /// <summary><c>throughline.send.outcome</c>, as sent.</summary>
    public string? SendOutcome { get; init; }

    /// <summary><c>throughline.send.headers_dropped</c>: why the record went without trace headers; null where it has them.</summary>
    public string? HeadersDropped { get; init; }

    /// <summary>
    /// The record's <c>traceparent</c> headers where they were captured (<c>messaging.header.traceparent</c>), one a line.
    /// </summary>
    public string? TraceParentHeader { get; init; }

    /// <summary><c>throughline.process.outcome</c>, as sent.</summary>
    public string? ProcessOutcome { get; init; }

    /// <summary>Where a failed record went: <c>throughline.failure.destination</c>.</summary>
    public string? FailureDestination { get; init; }

    /// <summary>Rounds through retry topics; -1 for none told.</summary>
    public int RetryRound { get; init; } = -1;

    public string? OriginalTopic { get; init; }

    public int OriginalPartition { get; init; } = -1;

    public long OriginalOffset { get; init; } = -1;

    public string? TransactionId { get; init; }

    /// <summary>What <c>throughline.transaction.sequence</c> says, or -1.</summary>
    public long TransactionSequence { get; init; } = -1;
}

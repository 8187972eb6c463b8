namespace Throughline.Server.Internal.Query;

/// <summary>What a query can ask of a span by a name of its own, whatever its instrumentation calls it.</summary>
internal enum WellKnownField
{
    /// <summary>An attribute, by <see cref="Field.Attribute"/>.</summary>
    Attribute = 0,
    TraceId,
    SpanId,
    Name,
    Service,
    Kind,
    Status,

    /// <summary>Nanoseconds.</summary>
    Duration,

    /// <summary>The conventions' operation type: send, receive, process…</summary>
    Operation,
    Topic,
    Partition,
    Offset,
    Group,
    Key,
    ErrorType,

    /// <summary>From the record's timestamp to where its processing begins, nanoseconds; only of process spans that carry it.</summary>
    Lag,
}

namespace Throughline.Server.Internal.Spans;

/// <summary>
/// What the server keeps in memory of a span until it is settled: what assembly and analysis ask for. The span itself stays
/// in the ingest log at <see cref="Position"/>, and then in the store, as the bytes that were received.
/// </summary>
internal sealed class SpanFacts
{
    public required TraceId TraceId { get; init; }

    public required ulong SpanId { get; init; }

    /// <summary>0 for none.</summary>
    public ulong ParentSpanId { get; init; }

    public SpanKind Kind { get; init; }

    public SpanStatus Status { get; init; }

    /// <summary>OTLP's flags say that the parent came from another process; null where they do not say.</summary>
    public bool? IsParentRemote { get; init; }

    public long StartUnixNs { get; init; }

    /// <summary>Never before <see cref="StartUnixNs"/> in what analysis computes: see <see cref="DurationNs"/>.</summary>
    public long EndUnixNs { get; init; }

    /// <summary>Never negative.</summary>
    public long DurationNs => Math.Max(0, EndUnixNs - StartUnixNs);

    public required string Name { get; init; }

    public required SpanSource Source { get; init; }

    /// <summary><c>error.type</c>, else the type of the first exception event; null where the span has neither.</summary>
    public string? ErrorType { get; init; }

    /// <summary>How many spans this one stands for, from the <c>th</c> of its tracestate; 1 where it does not say.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Null for spans that are not about messages.</summary>
    public MessagingFacts? Messaging { get; init; }

    public IReadOnlyList<SpanLink> Links { get; init; } = [];

    /// <summary>Where in the ingest log the span's OTLP message lies. Not part of what a span is: the store has none.</summary>
    public SpanPosition Position { get; set; }

    public SpanKey Key => new(TraceId, SpanId);

    public SpanIdentity Identity => new(Key, Kind);
}

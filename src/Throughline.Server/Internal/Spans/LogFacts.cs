namespace Throughline.Server.Internal.Spans;

/// <summary>What is kept in memory of a log record that belongs to a trace. Others are counted and not kept.</summary>
internal sealed class LogFacts
{
    public required TraceId TraceId { get; init; }

    /// <summary>0 where the record names only its trace.</summary>
    public ulong SpanId { get; init; }

    /// <summary>The event's time, else when it was observed.</summary>
    public long TimeUnixNs { get; init; }

    /// <summary>OTLP's severity number, 1 to 24; 0 where not told.</summary>
    public int Severity { get; init; }

    public required SpanSource Source { get; init; }

    /// <summary>Where the LogRecord message lies in the ingest log.</summary>
    public SpanPosition Position { get; set; }
}

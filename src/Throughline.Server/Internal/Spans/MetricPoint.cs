namespace Throughline.Server.Internal.Spans;

/// <summary>One point of a metric that the analyses read; what nothing reads is counted and dropped by the reader.</summary>
internal sealed class MetricPoint
{
    public required string Metric { get; init; }

    public required SpanSource Source { get; init; }

    public long StartUnixNs { get; init; }

    public long TimeUnixNs { get; init; }

    /// <summary>Cumulative since <see cref="StartUnixNs"/>, rather than a delta. Without meaning for a gauge.</summary>
    public bool IsCumulative { get; init; }

    public bool IsGauge { get; init; }

    /// <summary>A sum's or gauge's value, a histogram's sum.</summary>
    public double Value { get; init; }

    /// <summary>A histogram's count; -1 for other kinds.</summary>
    public long Count { get; init; } = -1;

    public string? Topic { get; init; }

    public int Partition { get; init; } = -1;

    public string? Group { get; init; }

    public string? ErrorType { get; init; }

    public string? ClientId { get; init; }

    public string? Server { get; init; }

    /// <summary><c>throughline.failure.destination</c>.</summary>
    public string? FailureDestination { get; init; }

    /// <summary>All attributes, hashed: which series of the metric this point belongs to, within its source.</summary>
    public ulong Series { get; init; }
}

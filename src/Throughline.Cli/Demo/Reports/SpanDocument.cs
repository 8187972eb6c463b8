namespace Throughline.Cli.Demo.Reports;

/// <summary>One span.</summary>
internal sealed record SpanDocument
{
    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    public required string? ParentSpanId { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required string Service { get; init; }

    public required long StartUnixNano { get; init; }

    public required double DurationMs { get; init; }

    /// <summary>Each as <c>trace id:span id</c>.</summary>
    public required IReadOnlyList<string> Links { get; init; }
}

namespace Throughline.Cli.Demo.Reports;

/// <summary>One order. Breaks are codes; the wait's basis is <c>measured</c>, <c>before_acknowledged</c> or <c>clock_skew</c>.</summary>
internal sealed record TraceDocument
{
    public required string OrderId { get; init; }

    public required string? TraceId { get; init; }

    public required bool Whole { get; init; }

    public required IReadOnlyList<string> Breaks { get; init; }

    public required double? EndToEndMs { get; init; }

    public required string? Record { get; init; }

    public required double? InTopicMs { get; init; }

    public required string? InTopicBasis { get; init; }

    /// <summary>Those of the request's trace, then those of the orphan, if there is one.</summary>
    public required IReadOnlyList<SpanDocument> Spans { get; init; }
}

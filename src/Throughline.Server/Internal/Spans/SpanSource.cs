namespace Throughline.Server.Internal.Spans;

/// <summary>
/// Who told of a span: its resource and instrumentation scope. Spans of the same source share one object, also across
/// requests; the bytes are OTLP's messages as received, for whoever asks for all of their attributes.
/// </summary>
internal sealed class SpanSource
{
    /// <summary><c>service.name</c>, else <c>unknown_service</c>.</summary>
    public required string Service { get; init; }

    /// <summary><c>service.version</c>, or null.</summary>
    public string? ServiceVersion { get; init; }

    /// <summary><c>deployment.environment.name</c>, or its older name: the last resort of a cluster's scope.</summary>
    public string? Environment { get; init; }

    /// <summary>The resource's <c>kafka.consumer.group</c>, which some guides set in place of the span's attribute.</summary>
    public string? ConsumerGroup { get; init; }

    /// <summary>The instrumentation scope's name: which instrumentation wrote the span. Empty where unknown.</summary>
    public required string ScopeName { get; init; }

    /// <summary>OTLP's Resource message.</summary>
    public required ReadOnlyMemory<byte> ResourceBytes { get; init; }

    /// <summary>OTLP's InstrumentationScope message.</summary>
    public required ReadOnlyMemory<byte> ScopeBytes { get; init; }
}

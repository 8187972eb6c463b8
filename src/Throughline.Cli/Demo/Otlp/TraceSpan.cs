namespace Throughline.Cli.Demo.Otlp;

/// <summary>One finished span as a service exported it.</summary>
internal sealed record TraceSpan
{
    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    /// <summary>Null at the root of a trace.</summary>
    public string? ParentSpanId { get; init; }

    public required string Name { get; init; }

    public required TraceSpanKind Kind { get; init; }

    /// <summary>The resource's <c>service.name</c>.</summary>
    public required string Service { get; init; }

    public required long StartUnixNano { get; init; }

    public required long EndUnixNano { get; init; }

    public IReadOnlyDictionary<string, object> Attributes { get; init; } = new Dictionary<string, object>();

    public IReadOnlyList<TraceSpanLink> Links { get; init; } = [];

    /// <summary>What went wrong; null unless the span's status is Error.</summary>
    public string? Error { get; init; }

    public TimeSpan Duration => Nanoseconds.ToTimeSpan(EndUnixNano - StartUnixNano);

    /// <summary>A string attribute; null where the span lacks it.</summary>
    public string? Text(string attribute) => Attributes.GetValueOrDefault(attribute) as string;

    /// <summary>An integer attribute; null where the span lacks it.</summary>
    public long? Integer(string attribute) => Attributes.GetValueOrDefault(attribute) as long?;
}

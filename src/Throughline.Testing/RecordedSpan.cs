using System.Diagnostics;

namespace Throughline.Testing;

/// <summary>A span as it was when it ended (or, with <see cref="HasEnded"/> false, when it started); nothing changes it later.</summary>
public sealed record RecordedSpan
{
    /// <summary>The span's name: the Activity's display name.</summary>
    public required string Name { get; init; }

    /// <summary>The trace that it belongs to.</summary>
    public required ActivityTraceId TraceId { get; init; }

    /// <summary>Its own id.</summary>
    public required ActivitySpanId SpanId { get; init; }

    /// <summary>Its parent's id; all zeros where it has none.</summary>
    public ActivitySpanId ParentSpanId { get; init; }

    /// <summary>True where the parent's context came from elsewhere, such as a record's headers.</summary>
    public bool HasRemoteParent { get; init; }

    /// <summary>Producer, consumer, client, server or internal.</summary>
    public ActivityKind Kind { get; init; }

    /// <summary>The name of the ActivitySource.</summary>
    public string Source { get; init; } = "";

    /// <summary>Whether it is sampled.</summary>
    public ActivityTraceFlags Flags { get; init; }

    /// <summary>The trace state as one header value; null where there is none.</summary>
    public string? TraceState { get; init; }

    /// <summary>Unset, ok or error.</summary>
    public ActivityStatusCode Status { get; init; }

    /// <summary>What the status says besides; null where nothing.</summary>
    public string? StatusDescription { get; init; }

    /// <summary>The attributes. Of several with one name the last.</summary>
    public IReadOnlyDictionary<string, object?> Tags { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>The Activity's own baggage, its parents' included; OpenTelemetry's <c>Baggage.Current</c> is another thing.</summary>
    public IReadOnlyDictionary<string, string?> Baggage { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The links, in the order in which they were added.</summary>
    public IReadOnlyList<RecordedLink> Links { get; init; } = [];

    /// <summary>The events, in the order in which they were added.</summary>
    public IReadOnlyList<RecordedEvent> Events { get; init; } = [];

    /// <summary>When it started, in UTC.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>How long it took; zero while it runs.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>False for the picture of a span that still runs.</summary>
    public bool HasEnded { get; init; } = true;

    /// <summary>Where a child or a link points to.</summary>
    public ActivityContext Context => new(TraceId, SpanId, Flags, TraceState);

    /// <summary>True where the span has no parent at all.</summary>
    public bool IsRoot => ParentSpanId == default;

    /// <summary>An attribute's value; null where there is none of that name.</summary>
    /// <param name="name">The attribute's name.</param>
    public object? Tag(string name) => Tags.GetValueOrDefault(name);

    /// <summary>The name, kind and ids in one line.</summary>
    public override string ToString() => $"{Name} {Kind} {TraceId}/{SpanId}";
}

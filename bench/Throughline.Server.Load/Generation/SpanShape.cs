using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Load.Generation;

/// <summary>A span of the trace that is being made, before it is bytes.</summary>
internal sealed record SpanShape(
    ServiceShape Service, int Instance, string Scope, string Name, SpanKind Kind, ulong Id, ulong Parent, long Start, long Duration, SpanSort Sort)
{
    public TopicShape? Topic { get; init; }

    public int Partition { get; init; }

    public long Offset { get; init; }

    /// <summary>Of the record, Unix milliseconds.</summary>
    public long Timestamp { get; init; }

    /// <summary>The span that sent the record, of the same trace; 0 for none.</summary>
    public ulong Link { get; init; }

    public string? Error { get; init; }
}

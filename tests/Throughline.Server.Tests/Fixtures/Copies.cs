using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Fixtures;

/// <summary>A span as it is received once more.</summary>
internal static class Copies
{
    public static SpanFacts Of(SpanFacts span) => new()
    {
        TraceId = span.TraceId,
        SpanId = span.SpanId,
        ParentSpanId = span.ParentSpanId,
        Kind = span.Kind,
        Status = span.Status,
        IsParentRemote = span.IsParentRemote,
        StartUnixNs = span.StartUnixNs,
        EndUnixNs = span.EndUnixNs,
        Name = span.Name,
        Source = span.Source,
        ErrorType = span.ErrorType,
        Weight = span.Weight,
        Messaging = span.Messaging,
        Links = span.Links,
    };
}

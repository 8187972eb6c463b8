using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>An ExportTraceServiceRequest, read.</summary>
/// <param name="Spans">In the order of the request. Their positions lack the entry, which the log's owner knows.</param>
/// <param name="Rejected">Spans without a usable identity.</param>
/// <param name="RejectedWhy">The first one's cause, in words for its sender; null where none was rejected.</param>
internal sealed record DecodedTraces(IReadOnlyList<SpanFacts> Spans, long Rejected, string? RejectedWhy);

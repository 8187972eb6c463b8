using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>An ExportLogsServiceRequest, read.</summary>
/// <param name="Logs">Those that belong to a trace. Their positions lack the entry, which the log's owner knows.</param>
/// <param name="WithoutTrace">Log records that name no trace: accepted, counted, and not kept.</param>
/// <param name="Rejected">Log records whose ids have a length that there is not.</param>
/// <param name="RejectedWhy">The first one's cause, in words for its sender; null where none was rejected.</param>
internal sealed record DecodedLogs(IReadOnlyList<LogFacts> Logs, long WithoutTrace, long Rejected, string? RejectedWhy);

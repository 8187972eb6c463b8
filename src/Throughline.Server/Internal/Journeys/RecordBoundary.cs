using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Assemble.Pairs;
using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Journeys;

/// <summary>Where one record's part of a trace ends, and where the record came from.</summary>
internal static class RecordBoundary
{
    /// <summary>A processing whose record comes from elsewhere: by a context that is not its parent's, or by none.</summary>
    public static bool IsFromElsewhere(SpanFacts span, LoadedTrace trace)
    {
        if (!span.IsProcessing() || span.IsBatch())
        {
            return span.Role() == SpanRole.Process;
        }

        return References.OfOneRecord(span) is not { } reference
            || (reference.Evidence == HopEvidence.Link
                ? IsElsewhere(reference.Key, span, trace)
                : span.Role() == SpanRole.Process && RecordPlace.Of(span) is not null && IsUnderOwnSpan(span, trace));
    }

    /// <summary>Only its place can say where its record came from.</summary>
    public static bool HasNoContext(SpanFacts span) =>
        !span.IsBatch() && References.OfOneRecord(span) is not { Evidence: HopEvidence.Link } && span.IsParentRemote != true;

    public static bool IsOneCluster(SpanFacts send, SpanFacts processing) =>
        ClusterScope.IsShared(send, processing) && !ReferenceEquals(send, processing);

    private static bool IsElsewhere(SpanKey context, SpanFacts span, LoadedTrace trace) =>
        context.TraceId != span.TraceId || (context.SpanId != span.ParentSpanId && trace.Find(context.SpanId) is not null);

    // Its parent is no send and no poll of its record, but whatever the process was at.
    private static bool IsUnderOwnSpan(SpanFacts span, LoadedTrace trace) =>
        trace.ParentOf(span) is { } parent && parent.Facts.Role() == SpanRole.None && Resolver.IsLocal(span, parent.Facts);
}

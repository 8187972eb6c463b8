using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Assemble.Settling;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>Finds what a processing points at, among all that is settled.</summary>
internal sealed class Resolver(Known known)
{
    /// <summary>Missing also while it is live: its own settling finds the processing then.</summary>
    /// <param name="span">The processing.</param>
    /// <param name="reference">Its reference.</param>
    /// <param name="trace">The trace that is being settled.</param>
    public Referent Resolve(SpanFacts span, in Reference reference, TraceSpans trace)
    {
        var key = reference.Key;
        if (known.Sends.Find(key) is { } send)
        {
            return new(send.Span, send.Span.Role());
        }

        // Not skipped for what is live: that may be a copy of what was settled long ago.
        var target = key.TraceId == trace.Id ? trace.Find(key.SpanId) : known.Store.Find(key);
        if (target is null)
        {
            return Referent.Missing;
        }

        var role = target.Role();
        return role == SpanRole.None && (reference.Evidence == HopEvidence.Link || !IsLocal(span, target))
            && SendLinkedTo(key) is { } linked
            ? new(linked, SpanRole.Send)
            : new(target, role);
    }

    /// <summary>
    /// Whether a settled processing of one record says nothing of where that came from, or nothing that leads to a send.
    /// </summary>
    public bool IsWithoutContext(SpanFacts span)
    {
        if (span.IsBatch() || References.OfOneRecord(span) is not { } reference)
        {
            return !span.IsBatch();
        }

        var target = Resolve(span, reference, new TraceSpans(span.TraceId, [], known.Store.Trace(span.TraceId)));
        return target.Span is not null && target.Role is SpanRole.None or SpanRole.Process && !Nesting.IsNested(span, target.Span);
    }

    /// <summary>A span and its parent are of one process, so that the parent came with no record.</summary>
    public static bool IsLocal(SpanFacts span, SpanFacts parent) =>
        span.IsParentRemote != true && span.Source.Service == parent.Source.Service;

    // The context was made by no messaging span; a send may link to it, which has not injected its own.
    private SpanFacts? SendLinkedTo(SpanKey key)
    {
        foreach (var span in known.Store.ReferencesTo(key))
        {
            if (span.Kind == SpanKind.Client && span.Role() == SpanRole.Send && span.Links.Any(link => link.Key == key))
            {
                return span;
            }
        }

        return null;
    }
}

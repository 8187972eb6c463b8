using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Compat.Zipkin;

/// <summary>
/// Who calls whom, as Zipkin counts it: calls by their server's span, or by their client's where that has no child; messages
/// by each side's span, to and from the broker.
/// </summary>
internal static class ZipkinLinks
{
    /// <param name="trace">Spans of one trace.</param>
    public static IEnumerable<(string Parent, string Child, bool IsError)> Of(IReadOnlyList<StoredSpan> trace)
    {
        var byId = new Dictionary<ulong, StoredSpan>();
        var parents = new HashSet<ulong>();
        foreach (var span in trace)
        {
            byId.TryAdd(span.Facts.SpanId, span);
            parents.Add(span.Facts.ParentSpanId);
        }

        return trace.SelectMany(s => OfSpan(s, parents.Contains(s.Facts.SpanId), byId));
    }

    private static IEnumerable<(string Parent, string Child, bool IsError)> OfSpan(
        StoredSpan span, bool hasChildren, Dictionary<ulong, StoredSpan> byId)
    {
        var local = span.Facts.Source.Service.ToLowerInvariant();
        var remote = ZipkinPeer.Remote(span)?.Service;
        var isError = span.Facts.Status == SpanStatus.Error;
        return span.Facts.Kind switch
        {
            SpanKind.Producer => remote is null ? [] : [(local, remote, isError)],
            SpanKind.Consumer => remote is null ? [] : [(remote, local, isError)],
            SpanKind.Server => OfServer(span, local, remote, isError, byId),
            SpanKind.Client when !hasChildren => OfClient(span, local, remote, isError, byId),
            SpanKind.Unspecified or SpanKind.Internal when remote is not null => OfClient(span, local, remote, isError, byId),
            _ => [],
        };
    }

    private static IEnumerable<(string Parent, string Child, bool IsError)> OfServer(
        StoredSpan span, string local, string? remote, bool isError, Dictionary<ulong, StoredSpan> byId)
    {
        var caller = RemoteAncestor(span, byId);
        var isCallersError = caller is { Facts: { Kind: SpanKind.Client, Status: SpanStatus.Error } }
                             && caller.Value.Facts.SpanId == span.Facts.ParentSpanId;
        var parent = caller?.Facts.Source.Service.ToLowerInvariant() ?? remote;
        return parent is null ? [] : [(parent, local, isError || isCallersError)];
    }

    private static IEnumerable<(string Parent, string Child, bool IsError)> OfClient(
        StoredSpan span, string local, string? remote, bool isError, Dictionary<ulong, StoredSpan> byId)
    {
        // A client's span under another service's: the server's span between them is missing.
        if (RemoteAncestor(span, byId)?.Facts.Source.Service.ToLowerInvariant() is { } above && above != local)
        {
            yield return (above, local, false);
        }

        if (remote is not null)
        {
            yield return (local, remote, isError);
        }
    }

    /// <summary>The next span above that is not local to its service.</summary>
    private static StoredSpan? RemoteAncestor(StoredSpan span, Dictionary<ulong, StoredSpan> byId)
    {
        var at = span.Facts;
        for (var steps = 0; steps < byId.Count && byId.TryGetValue(at.ParentSpanId, out var parent); steps++)
        {
            if (parent.Facts.Kind is not (SpanKind.Unspecified or SpanKind.Internal))
            {
                return parent;
            }

            at = parent.Facts;
        }

        return null;
    }
}

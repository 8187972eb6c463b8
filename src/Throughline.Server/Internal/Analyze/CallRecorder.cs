using Throughline.Server.Internal.Rollups;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Calls from one service to another without a topic between them: HTTP, gRPC, whatever has a parent there.</summary>
internal sealed class CallRecorder(Rollup rollup)
{
    private readonly Dictionary<ulong, SpanFacts> _byId = [];

    /// <summary>Of one trace, those whose both ends are told of at once.</summary>
    public void Take(IReadOnlyList<SpanFacts> spans)
    {
        if (spans.Count < 2)
        {
            return;
        }

        _byId.Clear();
        foreach (var span in spans)
        {
            // A server's span may share its caller's id (Zipkin): the caller is the one that others are children of.
            if (span.Kind != SpanKind.Server)
            {
                _byId[span.SpanId] = span;
            }
        }

        foreach (var span in spans)
        {
            if (span.Kind == SpanKind.Server && Caller(span) is { } caller)
            {
                Called(caller.Source.Service, span);
            }
        }
    }

    private SpanFacts? Caller(SpanFacts server)
    {
        var caller = _byId.GetValueOrDefault(server.SpanId) ?? _byId.GetValueOrDefault(server.ParentSpanId);
        return caller is not null && caller.Source.Service != server.Source.Service ? caller : null;
    }

    private void Called(string caller, SpanFacts server)
    {
        if (rollup.At(FamilyKey.Call(caller, server.Source.Service), server.StartUnixNs) is { } call)
        {
            call[Measure.CallTime, ""].Measured(server.DurationNs, server.Weight);
            if (server.Status == SpanStatus.Error)
            {
                call[Measure.CallFailed, ""].Seen(server.Weight);
            }
        }
    }
}

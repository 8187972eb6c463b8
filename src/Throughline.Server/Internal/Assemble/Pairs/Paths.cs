using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Assemble.Settling;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>Works out which services and topics led to a send or a processing, from the origin on, as far as it is known.</summary>
internal sealed class Paths(Known known)
{
    /// <summary>Services and topics of one path; what comes after them is an ellipsis.</summary>
    internal const int LengthMax = 16;

    // Spans and hops that are gone up before one takes what one has.
    private const int StepsMax = 100;
    private const int NamesMax = 50_000;
    private const int ProcessingsMax = 50_000;
    private const string Arrow = " → ";

    private readonly Dictionary<(string, string), string> _names = [];
    private Dictionary<SpanKey, JourneyPath> _young = [];
    private Dictionary<SpanKey, JourneyPath> _old = [];

    /// <summary>The path up to a span's service.</summary>
    public JourneyPath To(SpanFacts span, TraceSpans trace, int steps = 0)
    {
        if (span.Role() is SpanRole.Process or SpanRole.Receive)
        {
            var reference = span.IsBatch() ? null : References.OfOneRecord(span);
            return ToProcessing(span, reference, trace, steps);
        }

        if (trace.ParentOf(span) is not { } parent || steps >= StepsMax)
        {
            return new(span.Source.Service, span.StartUnixNs, 1);
        }

        return WithService(To(parent, trace, steps + 1), span);
    }

    /// <summary>The path of a send that is settled, wherever it is.</summary>
    public JourneyPath ToSend(SpanFacts send, TraceSpans trace, int steps = 0)
    {
        if (known.Sends.Find(send.Key) is { } remembered && remembered.Span.Identity == send.Identity)
        {
            return remembered.Path;
        }

        return To(send, send.TraceId == trace.Id ? trace : new TraceSpans(send.TraceId, [], known.Store.Trace(send.TraceId)), steps);
    }

    /// <summary>The path through a hop, up to the processing's service.</summary>
    public JourneyPath Through(SpanFacts? send, SpanFacts processing, string topic, TraceSpans trace, int steps = 0)
    {
        if (send is null)
        {
            var first = new JourneyPath(topic, OriginOf(processing), 1);
            return Append(first, processing.Source.Service);
        }

        var path = Append(Append(ToSend(send, trace, steps), topic), processing.Source.Service);
        Remember(processing.Key, path);
        return path;
    }

    private JourneyPath ToProcessing(SpanFacts span, Reference? reference, TraceSpans trace, int steps)
    {
        if (_young.TryGetValue(span.Key, out var path) || _old.TryGetValue(span.Key, out path))
        {
            return path;
        }

        if (reference is not { } from || steps >= StepsMax)
        {
            return Through(null, span, TopicOf(span, null), trace);
        }

        var target = known.Sends.Find(from.Key)?.Span
            ?? (from.Key.TraceId == trace.Id ? trace.Find(from.Key.SpanId) : known.Store.Find(from.Key));
        return target switch
        {
            null => Through(null, span, TopicOf(span, null), trace),
            _ when target.IsSend() => Through(target, span, TopicOf(span, target), trace, steps + 1),
            _ when target.TraceId == trace.Id => WithService(To(target, trace, steps + 1), span),
            _ => Through(null, span, TopicOf(span, null), trace),
        };
    }

    private static string TopicOf(SpanFacts processing, SpanFacts? send) =>
        processing.Messaging?.Topic ?? send?.Messaging?.Topic ?? HopMaker.NoTopic;

    private static long OriginOf(SpanFacts processing) => processing.Messaging is { RecordTimestampUnixMs: >= 0 and var ms }
        ? Math.Min(ms * 1_000_000, processing.StartUnixNs)
        : processing.StartUnixNs;

    private JourneyPath WithService(JourneyPath path, SpanFacts span) =>
        EndsWith(path, span.Source.Service) ? path : Append(path, span.Source.Service);

    private static bool EndsWith(JourneyPath path, string service) =>
        path.Text.EndsWith(service, StringComparison.Ordinal)
        && (path.Text.Length == service.Length || path.Text.AsSpan(0, path.Text.Length - service.Length).EndsWith(Arrow, StringComparison.Ordinal));

    private JourneyPath Append(JourneyPath path, string name)
    {
        if (path.Length > LengthMax)
        {
            return path;
        }

        var next = path.Length == LengthMax ? "…" : name;
        if (!_names.TryGetValue((path.Text, next), out var text))
        {
            text = string.Concat(path.Text, Arrow, next);
            if (_names.Count < NamesMax)
            {
                _names.Add((path.Text, next), text);
            }
        }

        return new(text, path.OriginUnixNs, path.Length + 1);
    }

    private void Remember(SpanKey processing, JourneyPath path)
    {
        if (_young.Count >= ProcessingsMax)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[processing] = path;
    }
}

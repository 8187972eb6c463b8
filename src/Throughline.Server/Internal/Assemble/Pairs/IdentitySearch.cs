using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Assemble.Settling;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>
/// Finds the send of a record that carries no context: the one settled send that names the same place, within one cluster
/// and at a plausible time. Where there are several it is not guessed which.
/// </summary>
internal sealed class IdentitySearch(Known known)
{
    private const long NsPerMs = 1_000_000;

    private readonly long _skewMaxNs = known.Options.SkewMax.Ticks * TimeSpan.NanosecondsPerTick;
    private readonly long _lagMaxNs = known.Options.IdentityLagMax.Ticks * TimeSpan.NanosecondsPerTick;
    private readonly List<SpanFacts> _candidates = [];

    public IdentityAnswer Search(SpanFacts processing, RecordPlace place)
    {
        _candidates.Clear();
        SpanFacts? implausible = null;
        for (var send = known.Sends.FirstAt(place); send is not null; send = send.NextAtPlace)
        {
            Consider(send.Span, processing, ref implausible);
        }

        if (MayBeStored(processing))
        {
            foreach (var send in known.Store.At(place))
            {
                if (send.Role() == SpanRole.Send)
                {
                    Consider(send, processing, ref implausible);
                }
            }
        }

        return _candidates.Count switch
        {
            0 => new(null, false, implausible),
            1 => new(_candidates[0], false, null),
            _ => new(null, true, null),
        };
    }

    // A record that says when it was sent has a send of that time: memory may cover it.
    private bool MayBeStored(SpanFacts processing) =>
        processing.Messaging!.RecordTimestampUnixMs < 0
        || (processing.Messaging.RecordTimestampUnixMs * NsPerMs) - _skewMaxNs <= known.Sends.IncompleteUntilUnixNs;

    private void Consider(SpanFacts send, SpanFacts processing, ref SpanFacts? implausible)
    {
        if (send.Identity == processing.Identity || !ClusterScope.IsShared(send, processing))
        {
            return;
        }

        if (!IsPlausible(send, processing))
        {
            implausible = send;
        }
        else if (!_candidates.Exists(other => other.Identity == send.Identity))
        {
            _candidates.Add(send);
        }
    }

    private bool IsPlausible(SpanFacts send, SpanFacts processing)
    {
        if (processing.Messaging is { RecordTimestampUnixMs: >= 0 and var ms })
        {
            var sentUnixNs = ms * NsPerMs;
            return sentUnixNs >= send.StartUnixNs - _skewMaxNs && sentUnixNs <= send.EndUnixNs + _skewMaxNs;
        }

        return send.StartUnixNs <= processing.StartUnixNs + _skewMaxNs
            && processing.StartUnixNs - send.StartUnixNs <= _lagMaxNs;
    }
}

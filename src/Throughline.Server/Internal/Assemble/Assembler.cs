using Throughline.Server.Internal.Assemble.Pairs;
using Throughline.Server.Internal.Assemble.Settling;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Assemble;

/// <summary>
/// Makes traces, hops and orphans of spans. One thread calls it. It keeps facts of what is not settled, and the latest halves
/// of hops; everything older it finds in the store.
/// </summary>
/// <remarks>
/// Per round the owner: 1. <see cref="Add"/>s what has arrived; 2. calls <see cref="Tick"/>; 3. appends what that returns
/// to the store, all of it before the next tick; 4. now and then checkpoints <see cref="Unsettled"/> together with what it
/// was told, which <see cref="Restore"/> takes back after a restart.
/// </remarks>
internal sealed class Assembler
{
    private readonly TimeProvider _time;
    private readonly AssemblyOptions _options;
    private readonly IAssembled _assembled;
    private readonly Known _known;
    private readonly TraceSettler _settler;
    private readonly WaitEnder _ender;
    private readonly HashSet<SpanIdentity> _restored = [];
    private readonly ISpanStore _store;
    private bool _hasTicked;

    public Assembler(ISpanStore store, IAssembled assembled, TimeProvider time, AssemblyOptions options)
    {
        (_time, _options, _assembled, _store) = (time, options, assembled, store);
        var statistics = new AssemblyStatistics();
        var startedUnixNs = UnixTime.Of(time.GetUtcNow());
        _known = new Known
        {
            Options = options,
            Statistics = statistics,
            Store = new(store, options, statistics),
            Live = new(),
            Sends = new(options.SendsMax) { IncompleteUntilUnixNs = startedUnixNs },
            Open = new(),
            Missing = new(options.MissingKeysMax, startedUnixNs),
            Topics = new(),
            UnknownUntilUnixNs = startedUnixNs,
        };
        var paths = new Paths(_known);
        var (resolver, receipts) = (new Resolver(_known), new Receipts(_known));
        var hops = new HopMaker(_known, paths, new(_known), resolver, receipts);
        var pairing = new Pairing(_known, resolver, new(_known), receipts, hops);
        _settler = new(_known, paths, pairing);
        _ender = new(_known, receipts, pairing, hops);
    }

    /// <summary>There are more traces or spans than there may be: nothing should be added before the next tick.</summary>
    public bool IsCrowded => _known.Live.Count > _options.LiveTracesMax || _known.Live.Spans > _options.LiveSpansMax;

    /// <summary>Nothing more comes: whatever is here settles, then whatever waits is decided, with no regard to the time.</summary>
    public bool IsComplete { get; set; }

    public AssemblyStatistics Statistics
    {
        get
        {
            var statistics = _known.Statistics;
            statistics.LiveTraces = _known.Live.Count;
            statistics.LiveSpans = _known.Live.Spans;
            statistics.OpenEnds = _known.Open.Count;
            statistics.SendsRemembered = _known.Sends.Count;
            return statistics;
        }
    }

    /// <summary>
    /// What a checkpoint has to name: everything that was added and is not settled, and what waits though it is. A span may
    /// be named several times.
    /// </summary>
    public IEnumerable<UnsettledSpan> Unsettled
    {
        get
        {
            foreach (var trace in _known.Live.All)
            {
                for (var i = 0; i < trace.Count; i++)
                {
                    yield return new(trace.Spans[i].Position, UnsettledAs.Live);
                }
            }

            foreach (var end in _known.Open.Waiting)
            {
                yield return new(end.Span.Position, UnsettledAs.Waiting);
            }
        }
    }

    /// <summary>A span has arrived; with its position in the log.</summary>
    public void Add(SpanFacts span)
    {
        if (!_known.Live.TryAdd(span, _time.GetTimestamp()))
        {
            _known.Statistics.Duplicates++;
        }
    }

    /// <summary>
    /// A span that a checkpoint named, as it was named. Nothing is told of what was told before. Before the first
    /// <see cref="Add"/> and tick, and when the store has everything that was settled before the checkpoint.
    /// </summary>
    public void Restore(SpanFacts span, UnsettledAs state)
    {
        if (state == UnsettledAs.Live)
        {
            Add(span);
            return;
        }

        if (!_restored.Add(span.Identity))
        {
            // It waited for several things, and was named for each.
            return;
        }

        BeginTick();
        _settler.Look(span, new TraceSpans(span.TraceId, [], _known.Store.Trace(span.TraceId)), new Found { IsSilent = true });
    }

    /// <summary>The facts of a trace that are not settled.</summary>
    public IReadOnlyList<SpanFacts> Live(TraceId id) => _known.Live.Find(id) is { } trace ? trace.Spans.ToArray() : [];

    /// <summary>Settles what it is time for, and tells of it.</summary>
    /// <returns>The spans that are settled now, each once: they belong in the store before the next tick.</returns>
    public IReadOnlyList<SpanFacts> Tick()
    {
        if (!_hasTicked && _store.Statistics.Spans == 0)
        {
            _known.NothingCameBefore();
        }

        _hasTicked = true;
        _restored.Clear();
        BeginTick();
        var now = _time.GetTimestamp();
        if (!IsComplete)
        {
            _ender.End(now, _assembled);
        }
        else if (_known.Live.Count == 0)
        {
            // Not before: what an end waits for may be about to settle.
            _ender.End(long.MaxValue, _assembled);
        }

        var settled = new List<SpanFacts>();
        while (settled.Count < _options.SettledAtOnceMax && NextToSettle(now) is { } trace)
        {
            Settle(trace, settled);
        }

        return settled;
    }

    private void BeginTick()
    {
        _known.Tick++;
        _known.Due = _time.GetTimestamp() + (long)(_options.OrphanAfter.TotalSeconds * _time.TimestampFrequency);
        _known.Store.BeginTick();
    }

    private LiveTrace? NextToSettle(long now)
    {
        var live = _known.Live;
        if (live.Quietest is not { } quietest)
        {
            return null;
        }

        if (IsComplete || _time.GetElapsedTime(quietest.LastArrival, now) >= _options.SettleAfter)
        {
            return quietest;
        }

        if (_time.GetElapsedTime(live.Oldest!.FirstArrival, now) >= _options.SettleLatest)
        {
            return live.Oldest;
        }

        if (live.Count > _options.LiveTracesMax || live.Spans > _options.LiveSpansMax)
        {
            _known.Statistics.TracesSettledEarly++;
            return quietest;
        }

        return null;
    }

    private void Settle(LiveTrace trace, List<SpanFacts> settled)
    {
        _known.Live.Remove(trace);
        var found = new Found();
        var news = _settler.Settle(trace, found);
        settled.AddRange(news);
        _known.Statistics.TracesSettled++;
        _known.Statistics.SpansSettled += news.Count;
        _known.Statistics.Ambiguous += found.Ambiguous.Count;
        if (news.Count > 0)
        {
            _assembled.Settled(new(trace.Id, news, found.Hops, found.Ambiguous));
        }

        foreach (var orphan in found.Orphans)
        {
            _known.Statistics.Orphans++;
            _assembled.Orphaned(orphan);
        }

        foreach (var orphan in found.CameLate)
        {
            _assembled.ParentCameLate(orphan);
        }
    }
}

using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Journeys;

/// <summary>Builds journeys when they are asked for, of what is stored and what is on its way to the store.</summary>
/// <param name="store">What is settled.</param>
/// <param name="live">What is not, of one trace.</param>
/// <param name="time">What is young enough to be in flight.</param>
/// <param name="options">Bounds.</param>
internal sealed class JourneyReader(
    ISpanStore store,
    Func<TraceId, CancellationToken, Task<IReadOnlyList<StoredSpan>>> live,
    TimeProvider time,
    JourneyOptions options)
{
    /// <summary>The same within other bounds.</summary>
    public JourneyReader Within(JourneyOptions bounds) => new(store, live, time, bounds);

    /// <summary>The journey that a trace belongs to, whole; null where nobody knows the trace.</summary>
    public async ValueTask<Journey?> OfTraceAsync(TraceId id, CancellationToken cancellationToken)
    {
        var sources = new JourneySources(store, live, options, cancellationToken);
        if (await sources.TraceAsync(id).ConfigureAwait(false) is not { } trace)
        {
            return null;
        }

        var walk = new JourneyWalk(sources, options);
        await walk.FromTraceAsync(trace).ConfigureAwait(false);
        return Build(walk, sources);
    }

    /// <summary>The journey of one span: its origin, and everything that came of that.</summary>
    public async ValueTask<Journey?> OfSpanAsync(SpanKey key, CancellationToken cancellationToken)
    {
        var sources = new JourneySources(store, live, options, cancellationToken);
        return await sources.TraceAsync(key.TraceId).ConfigureAwait(false) is { } trace && trace.Find(key.SpanId) is { } span
            ? await OfSpanAsync(span, sources).ConfigureAwait(false)
            : null;
    }

    /// <summary>
    /// The journey of a record, null where no stored span names it. An offset names several records where there are several
    /// clusters, or a topic was made again: it is the latest's journey.
    /// </summary>
    public async ValueTask<Journey?> OfRecordAsync(string topic, int partition, long offset, CancellationToken cancellationToken)
    {
        var sources = new JourneySources(store, live, options, cancellationToken);
        var latest = sources.At(new(topic, partition, offset))
            .Where(static span => span.Facts.IsSend() || span.Facts.IsProcessing())
            .OrderByDescending(static span => span.Facts.IsSend())
            .ThenByDescending(static span => span.Facts.StartUnixNs)
            .Take(1)
            .ToList();
        return latest.Count == 0 ? null : await OfSpanAsync(latest[0], sources).ConfigureAwait(false);
    }

    private async ValueTask<Journey> OfSpanAsync(StoredSpan span, JourneySources sources)
    {
        var walk = new JourneyWalk(sources, options);
        await walk.FromSpanAsync(span).ConfigureAwait(false);
        return Build(walk, sources);
    }

    private Journey Build(JourneyWalk walk, JourneySources sources)
    {
        var found = walk.Spans.OrderBy(static one => one.Span.Facts.StartUnixNs).ThenBy(static one => one.Span.Facts.SpanId).ToList();
        var own = found.Where(static one => !one.IsSurrounding).Select(static one => one.Span.Facts).ToList();
        var hops = new JourneyHops(own, sources).All();
        var critical = new CriticalPath(own, hops, sources, options.SegmentsMax).Find();
        var nowUnixNs = UnixTime.Of(time.GetUtcNow());
        var marker = new JourneyMarker(
            own, hops, critical, sources, nowUnixNs - (options.OrphanAfter.Ticks * TimeSpan.NanosecondsPerTick));
        return new Journey(
            [.. found.Select(one => marker.Mark(one.Span, one.IsSurrounding))],
            hops,
            [.. walk.Beside],
            critical,
            PathAlong(critical, own),
            [.. sources.Omissions]);
    }

    private static List<string> PathAlong(IReadOnlyList<PathSegment> critical, IReadOnlyList<SpanFacts> spans)
    {
        var services = new Dictionary<SpanKey, string>();
        foreach (var span in spans)
        {
            services.TryAdd(span.Key, span.Source.Service);
        }

        var path = new List<string>();
        foreach (var segment in critical)
        {
            var name = segment.Kind is SegmentKind.InTopic or SegmentKind.InClient ? segment.Topic! : services[segment.Span];
            if (path.Count == 0 || path[^1] != name)
            {
                path.Add(name);
            }
        }

        return path;
    }
}

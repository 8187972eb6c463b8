using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Query.Traces;

/// <summary>Finds traces by their spans, newest span first: what Tempo, Jaeger and Zipkin answer.</summary>
internal sealed class TraceSearch(ISpanStore store, TraceReader traces, TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>Traces that are read for one answer at most, of which some may not be what was asked for.</summary>
    private const int TracesReadMax = 2_000;

    /// <summary>Spans of one answer at most, over all of its traces.</summary>
    private const int SpansMax = 100_000;

    /// <param name="where">What one span of the trace fulfils; null for any.</param>
    /// <param name="range">When that span starts.</param>
    /// <param name="limit">Traces at most.</param>
    /// <param name="isWanted">What the whole trace fulfils; null for any.</param>
    /// <param name="workMax">How long to look at most.</param>
    /// <param name="cancellationToken">Ends the search with an exception.</param>
    public IReadOnlyList<MatchedTrace> Find(
        Condition? where, TimeRange range, int limit, Func<FoundTrace, bool>? isWanted, TimeSpan workMax,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var matches = new Dictionary<TraceId, List<SpanFacts>>();
        var found = new List<MatchedTrace>();
        var spans = 0;
        string? cursor = null;
        do
        {
            var left = workMax - time.GetElapsedTime(started);
            var page = store.Search(new SearchRequest(where, range, PageSize, cursor, left), cancellationToken);
            cursor = page.Cursor;
            foreach (var span in page.Spans)
            {
                if (matches.TryGetValue(span.Facts.TraceId, out var known))
                {
                    known.Add(span.Facts);
                    continue;
                }

                var matched = new List<SpanFacts> { span.Facts };
                matches.Add(span.Facts.TraceId, matched);
                if (found.Count < limit
                    && traces.ReadStored(span.Facts.TraceId, cancellationToken) is { } trace
                    && isWanted?.Invoke(trace) != false)
                {
                    found.Add(new MatchedTrace(trace, matched));
                    spans += trace.Spans.Count;
                }
            }
        }
        while (cursor is not null
               && found.Count < limit
               && spans < SpansMax
               && matches.Count < TracesReadMax
               && time.GetElapsedTime(started) < workMax);

        return found;
    }
}

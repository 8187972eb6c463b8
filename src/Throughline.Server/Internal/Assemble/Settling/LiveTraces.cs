using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>All traces that are not settled: by id, by how long they were quiet, and by age.</summary>
internal sealed class LiveTraces
{
    private readonly Dictionary<TraceId, LiveTrace> _traces = [];
    private readonly LinkedList<LiveTrace> _byQuiet = new();
    private readonly LinkedList<LiveTrace> _byAge = new();

    public int Count => _traces.Count;

    public int Spans { get; private set; }

    public IEnumerable<LiveTrace> All => _byAge;

    /// <summary>The trace that was quiet for the longest time.</summary>
    public LiveTrace? Quietest => _byQuiet.First?.Value;

    /// <summary>The trace whose first span came first.</summary>
    public LiveTrace? Oldest => _byAge.First?.Value;

    /// <param name="span">The span.</param>
    /// <param name="timestamp">Its arrival, a timestamp of the <see cref="TimeProvider"/>.</param>
    /// <returns>False for a span that is there already.</returns>
    public bool TryAdd(SpanFacts span, long timestamp)
    {
        if (!_traces.TryGetValue(span.TraceId, out var trace))
        {
            trace = new LiveTrace(span.TraceId) { FirstArrival = timestamp };
            _traces.Add(span.TraceId, trace);
            trace.ByAge = _byAge.AddLast(trace);
            trace.ByQuiet = _byQuiet.AddLast(trace);
        }
        else
        {
            _byQuiet.Remove(trace.ByQuiet!);
            _byQuiet.AddLast(trace.ByQuiet!);
        }

        trace.LastArrival = timestamp;
        if (!trace.TryAdd(span))
        {
            return false;
        }

        Spans++;
        return true;
    }

    public LiveTrace? Find(TraceId id) => _traces.GetValueOrDefault(id);

    public bool Contains(SpanKey key) => _traces.TryGetValue(key.TraceId, out var trace) && trace.Contains(key.SpanId);

    public void Remove(LiveTrace trace)
    {
        _traces.Remove(trace.Id);
        _byAge.Remove(trace.ByAge!);
        _byQuiet.Remove(trace.ByQuiet!);
        Spans -= trace.Count;
    }
}

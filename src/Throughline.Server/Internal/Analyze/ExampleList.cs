using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>The latest of something, the oldest of which makes room.</summary>
internal sealed class ExampleList(ExampleKey key, int max)
{
    private readonly Queue<Example> _latest = new();

    public ExampleKey Key => key;

    public long LastUnixNs { get; private set; }

    /// <summary>Whether one of this time is shown: of frequent things one a second is enough.</summary>
    public bool Wants(long unixNs) => _latest.Count == 0 || Math.Abs(unixNs - LastUnixNs) >= 1_000_000_000;

    public void Add(Example example)
    {
        if (_latest.Count == max)
        {
            _latest.Dequeue();
        }

        _latest.Enqueue(example);
        LastUnixNs = Math.Max(LastUnixNs, example.TimeUnixNs);
    }

    public bool Remove(SpanKey span)
    {
        var kept = _latest.Where(example => example.Span != span).ToList();
        if (kept.Count == _latest.Count)
        {
            return false;
        }

        _latest.Clear();
        kept.ForEach(_latest.Enqueue);
        return true;
    }

    public Example[] Newest() => [.. _latest.OrderByDescending(static example => example.TimeUnixNs)];
}

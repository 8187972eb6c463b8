using System.Collections.Concurrent;

namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// The latest records of each number. The pipeline's thread adds; readers get arrays that never change, published every
/// second or so for the lists that did.
/// </summary>
internal sealed class Examples(AnalysisSettings settings)
{
    private readonly Dictionary<ExampleKey, ExampleList> _lists = [];
    private readonly HashSet<ExampleKey> _unpublished = [];
    private readonly ConcurrentDictionary<ExampleKey, Example[]> _published = new();

    /// <summary>Lists that changed, or are not there any more; a checkpoint writes these.</summary>
    public Unsaved<ExampleKey> Unsaved { get; } = new();

    public IReadOnlyCollection<KeyValuePair<ExampleKey, Example[]>> Published => _published;

    /// <summary>Newest first; none where there is none.</summary>
    public IReadOnlyList<Example> Of(ExampleKey key) => _published.GetValueOrDefault(key) ?? [];

    /// <summary>Whether one of this time would be shown; asked before one is made, for things that are frequent.</summary>
    public bool Wants(ExampleKey key, long unixNs) => !_lists.TryGetValue(key, out var list) || list.Wants(unixNs);

    public void Add(ExampleKey key, Example example)
    {
        if (!_lists.TryGetValue(key, out var list))
        {
            MakeRoom();
            _lists.Add(key, list = new ExampleList(key, settings.ExamplesMax));
        }

        list.Add(example);
        Changed(key);
    }

    public void Remove(ExampleKey key, Spans.SpanKey span)
    {
        if (_lists.TryGetValue(key, out var list) && list.Remove(span))
        {
            Changed(key);
        }
    }

    public void Publish()
    {
        foreach (var key in _unpublished)
        {
            if (_lists.TryGetValue(key, out var list))
            {
                _published[key] = list.Newest();
            }
            else
            {
                _published.TryRemove(key, out _);
            }
        }

        _unpublished.Clear();
    }

    /// <summary>What a checkpoint had; nothing is unsaved by it.</summary>
    public void Restore(ExampleKey key, IEnumerable<Example> newestFirst)
    {
        var list = new ExampleList(key, settings.ExamplesMax);
        foreach (var example in newestFirst.Reverse())
        {
            list.Add(example);
        }

        _lists[key] = list;
        _published[key] = list.Newest();
    }

    private void Changed(ExampleKey key)
    {
        _unpublished.Add(key);
        Unsaved.Add(key);
    }

    private void MakeRoom()
    {
        if (_lists.Count < settings.ExampleListsMax)
        {
            return;
        }

        // A tenth at a time: looking for the oldest costs as much as looking at all.
        foreach (var old in _lists.Values.OrderBy(static list => list.LastUnixNs).Take(1 + (_lists.Count / 10)).ToList())
        {
            _lists.Remove(old.Key);
            Changed(old.Key);
        }
    }
}

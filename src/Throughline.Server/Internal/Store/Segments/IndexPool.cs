using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>Indexes of sealed segments that are open; of those that nobody uses, so many that were used last stay open.</summary>
internal sealed class IndexPool(int openMax, OtlpDecoder decoder) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>Opens a segment's index, under a lease on the segment. To be given back.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public SealedIndex Rent(Segment segment)
    {
        Entry entry;
        lock (_gate)
        {
            if (_entries.TryGetValue(segment.Number, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }
            else
            {
                node = _byUse.AddFirst(new Entry(segment.Number, new Lazy<SealedIndex>(() => SealedIndex.Open(segment.IndexPath, decoder))));
                _entries.Add(segment.Number, node);
            }

            entry = node.Value;
            entry.Users++;
        }

        try
        {
            return entry.Index.Value;
        }
        catch
        {
            lock (_gate)
            {
                Remove(entry);
            }

            throw;
        }
    }

    public void Return(Segment segment)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(segment.Number, out var node))
            {
                node.Value.Users--;
            }

            for (var last = _byUse.Last; last is not null && _entries.Count > openMax;)
            {
                var previous = last.Previous;
                if (last.Value.Users == 0)
                {
                    Remove(last.Value);
                }

                last = previous;
            }
        }
    }

    /// <summary>Closes the index of a segment that was dropped, unless somebody reads it: then it goes by its age.</summary>
    public void Forget(int segment)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(segment, out var node) && node.Value.Users == 0)
            {
                Remove(node.Value);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            while (_byUse.First is { } first)
            {
                Remove(first.Value);
            }
        }
    }

    private void Remove(Entry entry)
    {
        if (_entries.Remove(entry.Segment, out var node))
        {
            _byUse.Remove(node);
            if (entry.Index.IsValueCreated)
            {
                entry.Index.Value.Dispose();
            }
        }
    }

    private sealed class Entry(int segment, Lazy<SealedIndex> index)
    {
        public int Segment => segment;

        public Lazy<SealedIndex> Index => index;

        public int Users { get; set; }
    }
}

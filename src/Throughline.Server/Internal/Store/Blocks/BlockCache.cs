namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>
/// Blocks that were unpacked of late, up to so many bytes: newest blocks are what most questions are about. Whoever asks for
/// a block that another is unpacking waits for that one.
/// </summary>
internal sealed class BlockCache(long bytesMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Key, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;

    public UnpackedBlock Get(int segment, BlockPlace place, Func<BlockPlace, UnpackedBlock> read)
    {
        var key = new Key(segment, place.Offset);
        Entry entry;
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                entry = node.Value;
            }
            else
            {
                entry = new Entry(key, new Lazy<UnpackedBlock>(() => read(place)));
                _entries.Add(key, _byUse.AddFirst(entry));
            }
        }

        try
        {
            var block = entry.Block.Value;
            Account(entry, block);
            return block;
        }
        catch
        {
            // It is tried again next time: a disk may have been out of reach for a moment.
            Forget(entry);
            throw;
        }
    }

    private void Account(Entry entry, UnpackedBlock block)
    {
        lock (_gate)
        {
            if (entry.Bytes != 0 || !_entries.ContainsKey(entry.Key))
            {
                return;
            }

            entry.Bytes = block.Size;
            _bytes += entry.Bytes;
            while (_bytes > bytesMax && _byUse.Last is { } oldest)
            {
                Remove(oldest);
            }
        }
    }

    private void Forget(Entry entry)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(entry.Key, out var node) && node.Value == entry)
            {
                Remove(node);
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
        _bytes -= node.Value.Bytes;
    }

    private readonly record struct Key(int Segment, long Offset);

    private sealed class Entry(Key key, Lazy<UnpackedBlock> block)
    {
        public Key Key => key;

        public Lazy<UnpackedBlock> Block => block;

        /// <summary>0 until it is unpacked.</summary>
        public int Bytes { get; set; }
    }
}

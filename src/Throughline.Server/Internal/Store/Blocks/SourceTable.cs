using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>
/// Who told of a segment's rows: each source once, and its number in the rows. One thread adds, any number reads. A block
/// so has no sources of its own, and may be small.
/// </summary>
internal sealed class SourceTable
{
    private readonly Dictionary<SpanSource, int> _ids = [];
    private SpanSource[] _all = new SpanSource[16];
    private int _count;
    private int _written;

    public int Count => Volatile.Read(ref _count);

    public ReadOnlySpan<SpanSource> All => _all.AsSpan(0, Count);

    /// <summary>Those that are not on disk yet.</summary>
    public ReadOnlySpan<SpanSource> Unwritten => _all.AsSpan(_written, _count - _written);

    /// <exception cref="InvalidDataException">There is no such source.</exception>
    public SpanSource this[int id] =>
        id < Count ? _all[id] : throw new InvalidDataException($"it names source {id}, and the segment has {Count}");

    public int IdOf(SpanSource source) => _ids[source];

    /// <summary>Adds the sources of some rows, as far as they are new.</summary>
    public void Add(BlockRows rows, int count)
    {
        for (var row = 0; row < count; row++)
        {
            if (!_ids.ContainsKey(rows.Source(row)))
            {
                Add(rows.Source(row));
            }
        }
    }

    /// <summary>Adds a source that is the next on disk.</summary>
    public void AddWritten(SpanSource source)
    {
        Add(source);
        _written = _count;
    }

    /// <summary>Notes that all are on disk.</summary>
    public void Written() => _written = _count;

    private void Add(SpanSource source)
    {
        if (_count == _all.Length)
        {
            Array.Resize(ref _all, 2 * _count);
        }

        // On disk the same source may be there twice: either number is right.
        _ids[source] = _count;
        _all[_count] = source;
        Volatile.Write(ref _count, _count + 1);
    }
}

using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>
/// Some hundred spans or log records that are compressed and found together. It is closed by the thread that fills it,
/// then written by another; until then its rows are in memory.
/// </summary>
internal sealed class Block
{
    private BlockRows? _rows;
    private BlockTerms? _terms;

    /// <summary>A block that is being filled.</summary>
    public Block(BlockKind kind)
    {
        Kind = kind;
        _rows = new BlockRows(kind);
    }

    /// <summary>A block that is on disk.</summary>
    public Block(BlockKind kind, int firstRow, int count, TimeSpread times, BlockPlace place)
    {
        Kind = kind;
        FirstRow = firstRow;
        Count = count;
        Times = times;
        Place = place;
    }

    public BlockKind Kind { get; }

    /// <summary>Its first row's number in the segment; of a closed block.</summary>
    public int FirstRow { get; private set; }

    /// <summary>Of a closed block.</summary>
    public int Count { get; private set; }

    /// <summary>Of its rows' times; of a closed block.</summary>
    public TimeSpread Times { get; private set; }

    /// <summary>Where it lies; of a block that is on disk.</summary>
    public BlockPlace Place { get; private set; }

    /// <summary>Null once it is on disk.</summary>
    public BlockRows? Rows => Volatile.Read(ref _rows);

    /// <summary>Null before it is indexed, and when its segment is sealed.</summary>
    public BlockTerms? Terms => Volatile.Read(ref _terms);

    public void Close(int firstRow, TimeSpread times)
    {
        FirstRow = firstRow;
        Count = _rows!.Count;
        Times = times;
    }

    public void Indexed(BlockTerms? terms) => Volatile.Write(ref _terms, terms);

    public void Written(BlockPlace place)
    {
        Place = place;
        Volatile.Write(ref _rows, null);
    }
}

using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Reading;

/// <summary>One reader's look into one segment, as it is at this moment.</summary>
internal sealed class SegmentReading : IDisposable
{
    private readonly IndexPool? _pool;
    private readonly Segment _segment;

    private SegmentReading(Segment segment, SegmentView view, SourceTable sources)
    {
        _segment = segment;
        Blocks = view.Closed.AsMemory(0, view.Count);
        Rows = view.Rows;
        Index = new OpenIndex(view);
        Sources = sources;
        Open = [view.Spans, view.Logs];
    }

    private SegmentReading(Segment segment, IndexPool pool, SealedIndex index, SourceTable sources)
    {
        _segment = segment;
        _pool = pool;
        Blocks = index.Blocks;
        Rows = index.Facts.Rows;
        Index = index;
        Sources = sources;
        Open = [];
    }

    /// <summary>Blocks whose rows are in the index.</summary>
    public ReadOnlyMemory<Block> Blocks { get; }

    /// <summary>Rows in them.</summary>
    public int Rows { get; }

    public ITermIndex Index { get; }

    /// <summary>Who told of the rows.</summary>
    public SourceTable Sources { get; }

    /// <summary>Blocks that are being filled: they are in no index, and all of their rows are candidates.</summary>
    public IReadOnlyList<Block> Open { get; }

    /// <summary>Under a lease on the segment.</summary>
    /// <exception cref="InvalidDataException">The segment's index is damaged.</exception>
    public static SegmentReading Begin(Segment segment, IndexPool pool) =>
        segment is { View: { } view, Sources: { } sources } ? new SegmentReading(segment, view, sources) : BeginSealed(segment, pool);

    public void Dispose() => _pool?.Return(_segment);

    private static SegmentReading BeginSealed(Segment segment, IndexPool pool)
    {
        var index = pool.Rent(segment);
        try
        {
            return new SegmentReading(segment, pool, index, index.Sources());
        }
        catch
        {
            pool.Return(segment);
            throw;
        }
    }
}

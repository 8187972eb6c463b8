using Throughline.Server.Internal.Store.Blocks;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>What readers see of the segment that is filled: replaced whole whenever a block is closed.</summary>
/// <param name="Closed">Blocks, of which the first <paramref name="Count"/> are closed; it may have more behind them.</param>
/// <param name="Count">Closed blocks.</param>
/// <param name="Rows">Rows in closed blocks.</param>
/// <param name="Spans">The block that spans are added to.</param>
/// <param name="Logs">The block that log records are added to.</param>
internal sealed record SegmentView(Block[] Closed, int Count, int Rows, Block Spans, Block Logs)
{
    public static SegmentView New() => new([], 0, 0, new Block(BlockKind.Spans), new Block(BlockKind.Logs));

    /// <summary>The blocks that are not closed.</summary>
    public IEnumerable<Block> Open => [Spans, Logs];
}

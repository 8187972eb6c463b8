using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Writing;

/// <summary>Reads a segment's file from its beginning: what a segment without an index knows of itself.</summary>
internal static class SegmentScan
{
    /// <summary>Reads and indexes all blocks up to an offset.</summary>
    /// <param name="file">The segment's file.</param>
    /// <param name="end">Bytes of it that count.</param>
    /// <param name="decoder">For the rows.</param>
    /// <param name="completion">Gets names and values.</param>
    /// <param name="damaged">Told of each block that cannot be read.</param>
    /// <returns>The blocks, with their terms.</returns>
    public static List<Block> Read(
        IDurableFile file, long end, OtlpDecoder decoder, Completion completion, Action<BlockPlace, string> damaged)
    {
        var indexer = new BlockIndexer();
        var blocks = new List<Block>();
        var row = 0;
        Span<byte> bytes = stackalloc byte[BlockHeader.Size];
        for (long at = SegmentHeader.Size; at < end;)
        {
            if (file.Read(bytes, at) < bytes.Length || !BlockHeader.TryRead(bytes, out var header))
            {
                damaged(new BlockPlace(at, (int)Math.Min(int.MaxValue, end - at)), "its header is damaged; what follows cannot be found");
                break;
            }

            var block = new Block(header.Kind, row, header.Rows, header.Times, new BlockPlace(at, BlockHeader.Size + header.Length));
            block.Indexed(Terms(file, block, indexer, decoder, completion, damaged));
            blocks.Add(block);
            row += header.Rows;
            at = block.Place.End;
        }

        return blocks;
    }

    private static BlockTerms Terms(
        IDurableFile file, Block block, BlockIndexer indexer, OtlpDecoder decoder, Completion completion, Action<BlockPlace, string> damaged)
    {
        try
        {
            var bytes = new byte[block.Place.Length];
            var read = file.Read(bytes, block.Place.Offset);
            return indexer.Index(UnpackedBlock.Read(bytes.AsSpan(0, read), decoder), completion);
        }
        catch (InvalidDataException e)
        {
            damaged(block.Place, e.Message);
            return new BlockTerms([], [0], [], new byte[block.Count], new byte[block.Count], []);
        }
    }
}

using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Writing;

/// <summary>Reads a segment's file from its beginning: what a segment without an index knows of itself.</summary>
/// <param name="file">The segment's file.</param>
/// <param name="end">Bytes of it that count.</param>
/// <param name="decoder">For the rows.</param>
/// <param name="sources">Gets the sources.</param>
/// <param name="completion">Gets names and values.</param>
/// <param name="damaged">Told of each block that cannot be read.</param>
internal sealed class SegmentScan(
    IDurableFile file, long end, OtlpDecoder decoder, SourceTable sources, Completion completion, Action<BlockPlace, string> damaged)
{
    private readonly BlockIndexer _indexer = new();

    /// <summary>The blocks of rows, with their terms.</summary>
    public List<Block> Read()
    {
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

            var place = new BlockPlace(at, BlockHeader.Size + header.Length);
            at = place.End;
            if (header.Kind == BlockKind.Sources)
            {
                ReadSources(place, header.Rows);
                continue;
            }

            var block = new Block(header.Kind, row, header.Rows, header.Times, place);
            block.Indexed(Terms(block));
            blocks.Add(block);
            row += header.Rows;
        }

        return blocks;
    }

    private void ReadSources(BlockPlace place, int count)
    {
        var before = sources.Count;
        try
        {
            BlockContent.ReadSources(Bytes(place), decoder, sources);
        }
        catch (InvalidDataException e)
        {
            damaged(place, e.Message);

            // Rows name their source by its number: those that come later keep theirs.
            while (sources.Count < before + count)
            {
                sources.AddWritten(decoder.ReadSource([], []));
            }
        }
    }

    private BlockTerms Terms(Block block)
    {
        try
        {
            return _indexer.Index(UnpackedBlock.Read(Bytes(block.Place), decoder, sources), completion);
        }
        catch (InvalidDataException e)
        {
            damaged(block.Place, e.Message);
            return new BlockTerms([], [0], [], new byte[block.Count], new byte[block.Count], []);
        }
    }

    private ReadOnlySpan<byte> Bytes(BlockPlace place)
    {
        var bytes = new byte[place.Length];
        return bytes.AsSpan(0, file.Read(bytes, place.Offset));
    }
}

using Microsoft.Extensions.Logging;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;

namespace Throughline.Server.Internal.Store.Reading;

/// <summary>Reads blocks, and answers for those that are damaged: they are counted and told of, and the others are served.</summary>
internal sealed partial class BlockReader(BlockCache cache, OtlpDecoder decoder, ILogger logger)
{
    private const int ToldOfMax = 100;

    private readonly Lock _gate = new();
    private readonly HashSet<(int Segment, long Offset)> _damaged = [];

    /// <summary>Damaged blocks that were met, each once.</summary>
    public int Damaged
    {
        get
        {
            lock (_gate)
            {
                return _damaged.Count;
            }
        }
    }

    /// <summary>A block's rows, under a lease on its segment; null where it is damaged.</summary>
    public RowSource? Read(Segment segment, Block block, SourceTable sources)
    {
        // Asked for once: it goes when the block is on disk, and then the block knows where.
        if (block.Rows is { } rows)
        {
            return new RowSource(rows);
        }

        try
        {
            return new RowSource(cache.Get(segment.Number, block.Place, place => UnpackedBlock.Read(segment.Read(place), decoder, sources)));
        }
        catch (InvalidDataException e)
        {
            Tell(segment, block.Place, e.Message);
            return null;
        }
    }

    /// <summary>Counts a damage, and says it once.</summary>
    /// <param name="segment">Where.</param>
    /// <param name="place">The block; none for the segment's index.</param>
    /// <param name="what">What is damaged.</param>
    public void Tell(Segment segment, BlockPlace place, string what)
    {
        lock (_gate)
        {
            if (!_damaged.Add((segment.Number, place.Offset)) || _damaged.Count > ToldOfMax)
            {
                return;
            }
        }

        Damage(logger, segment.SpansPath, place.Offset, place.Length, what);
    }

    [LoggerMessage(1, LogLevel.Error, "A block of {Path} at byte {Offset}, of {Length} bytes, is damaged and is left out of all answers: {What}")]
    private static partial void Damage(ILogger logger, string path, long offset, int length, string what);
}

using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Writing;

/// <summary>Makes a block's terms, from its rows in memory or as they were read back from disk. For one thread.</summary>
internal sealed class BlockIndexer
{
    private readonly TermCollector _collector = new();

    public BlockTerms Index(BlockRows rows, int count, Completion completion)
    {
        lock (completion)
        {
            for (var row = 0; row < count; row++)
            {
                if (rows.Kind == BlockKind.Logs)
                {
                    _collector.Add(rows.Log(row));
                }
                else
                {
                    _collector.Add(rows.Span(row), rows.Body(row).Span, completion);
                }
            }

            return _collector.Take(completion);
        }
    }

    public BlockTerms Index(UnpackedBlock block, Completion completion)
    {
        lock (completion)
        {
            for (var row = 0; row < block.Header.Rows; row++)
            {
                try
                {
                    if (block.Header.Kind == BlockKind.Logs)
                    {
                        _collector.Add(block.Log(row));
                    }
                    else
                    {
                        _collector.Add(block.Span(row), block.Body(row).Span, completion);
                    }
                }
                catch (MalformedOtlpException)
                {
                    // Whoever reads the row counts it; here it only must not be passed over.
                    _collector.AddUnread();
                }
            }

            return _collector.Take(completion);
        }
    }
}

using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store.Blocks;

namespace Throughline.Server.Internal.Store.Reading;

/// <summary>A block's rows, wherever they are: in memory still, or unpacked.</summary>
internal readonly struct RowSource
{
    private readonly BlockRows? _rows;
    private readonly UnpackedBlock? _unpacked;

    public RowSource(BlockRows rows)
    {
        _rows = rows;
        Count = rows.Count;
    }

    public RowSource(UnpackedBlock unpacked)
    {
        _unpacked = unpacked;
        Count = unpacked.Header.Rows;
    }

    /// <summary>Rows when it was asked for: those that are added meanwhile are not looked at.</summary>
    public int Count { get; }

    public SpanFacts Span(int row) => _rows?.Span(row) ?? _unpacked!.Span(row);

    /// <summary>Of a span.</summary>
    public long Start(int row) => _rows?.Span(row).StartUnixNs ?? _unpacked!.Start(row);

    public LogFacts Log(int row) => _rows?.Log(row) ?? _unpacked!.Log(row);

    public ReadOnlyMemory<byte> Body(int row) => _rows?.Body(row) ?? _unpacked!.Body(row);
}

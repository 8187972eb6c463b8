using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>A block's rows, read back from disk. Immutable; shared among readers.</summary>
internal sealed class UnpackedBlock
{
    private const long NotRead = long.MinValue;

    private readonly OtlpDecoder _decoder;
    private readonly byte[] _raw;
    private readonly SpanSource[] _sources;
    private readonly int[] _ends;
    private readonly int _bodies;
    private long[]? _starts;

    private UnpackedBlock(OtlpDecoder decoder, BlockHeader header, byte[] raw, SourceTable sources)
    {
        _decoder = decoder;
        _raw = raw;
        Header = header;
        _sources = new SpanSource[header.Rows];
        _ends = new int[header.Rows];
        var at = 0;
        var end = 0;
        for (var row = 0; row < header.Rows; row++)
        {
            _sources[row] = sources[Varint.ReadInt(raw, ref at, int.MaxValue)];
            _ends[row] = end += Varint.ReadInt(raw, ref at, raw.Length - end);
        }

        _bodies = at;
        if (_bodies + end != raw.Length)
        {
            throw new InvalidDataException($"its rows have {end} bytes where {raw.Length - _bodies} are left");
        }
    }

    public BlockHeader Header { get; }

    /// <summary>Memory that it takes, about.</summary>
    public int Size => _raw.Length + (20 * _ends.Length) + 256;

    /// <summary>Reads a block of rows: header and content, as they are on disk.</summary>
    /// <exception cref="InvalidDataException">It is damaged: the message says how.</exception>
    public static UnpackedBlock Read(ReadOnlySpan<byte> bytes, OtlpDecoder decoder, SourceTable sources)
    {
        var raw = BlockContent.Read(bytes, out var header);
        return new UnpackedBlock(decoder, header, raw, sources);
    }

    public ReadOnlyMemory<byte> Body(int row)
    {
        var start = row == 0 ? 0 : _ends[row - 1];
        return _raw.AsMemory(_bodies + start, _ends[row] - start);
    }

    /// <summary>A span's start, without reading the span: who wants the newest reads only those.</summary>
    public long Start(int row)
    {
        var starts = _starts ??= Unread(Header.Rows);
        return starts[row] != NotRead ? starts[row] : starts[row] = ReadStart(row);
    }

    public SpanFacts Span(int row) => _decoder.ReadSpan(Body(row).Span, _sources[row]);

    public LogFacts Log(int row) => OtlpDecoder.ReadLog(Body(row).Span, _sources[row]);

    private static long[] Unread(int rows)
    {
        var starts = new long[rows];
        Array.Fill(starts, NotRead);
        return starts;
    }

    private long ReadStart(int row)
    {
        long start = 0;
        var reader = new ProtoReader(Body(row).Span);
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.Span.Start)
            {
                start = reader.Time;
            }
        }

        return start;
    }
}

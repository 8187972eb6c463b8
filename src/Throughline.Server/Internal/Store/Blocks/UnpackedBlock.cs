using System.IO.Compression;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>A block's rows, read back from disk. Immutable; shared among readers.</summary>
internal sealed class UnpackedBlock
{
    private readonly OtlpDecoder _decoder;
    private readonly byte[] _raw;
    private readonly SpanSource[] _sources;
    private readonly int[] _sourceIds;
    private readonly int[] _ends;
    private readonly int _bodies;

    private UnpackedBlock(OtlpDecoder decoder, BlockHeader header, byte[] raw)
    {
        _decoder = decoder;
        _raw = raw;
        Header = header;
        var at = 0;
        _sources = new SpanSource[Varint.ReadInt(raw, ref at, header.Rows)];
        for (var i = 0; i < _sources.Length; i++)
        {
            var resource = Bytes(ref at);
            _sources[i] = decoder.ReadSource(resource, Bytes(ref at));
        }

        _sourceIds = new int[header.Rows];
        _ends = new int[header.Rows];
        var end = 0;
        for (var row = 0; row < header.Rows; row++)
        {
            _sourceIds[row] = Varint.ReadInt(raw, ref at, _sources.Length - 1);
            _ends[row] = end += Varint.ReadInt(raw, ref at, raw.Length - end);
        }

        _bodies = at;
        if (_bodies + end != raw.Length)
        {
            throw new InvalidDataException($"A block's rows have {end} bytes where {raw.Length - _bodies} are left.");
        }
    }

    public BlockHeader Header { get; }

    /// <summary>Memory that it takes.</summary>
    public int Size => _raw.Length + (8 * _ends.Length) + 256;

    /// <summary>Reads a block: header and content, as they are on disk.</summary>
    /// <exception cref="InvalidDataException">It is damaged: the message says how.</exception>
    public static UnpackedBlock Read(ReadOnlySpan<byte> bytes, OtlpDecoder decoder)
    {
        if (!BlockHeader.TryRead(bytes, out var header))
        {
            throw new InvalidDataException("its header is damaged");
        }

        var content = bytes[BlockHeader.Size..];
        if (content.Length < header.Length || Crc32C.Of(content[..header.Length]) != header.Checksum)
        {
            throw new InvalidDataException($"its checksum does not fit its {header.Length} bytes");
        }

        var raw = GC.AllocateUninitializedArray<byte>(header.RawLength);
        if (!BrotliDecoder.TryDecompress(content[..header.Length], raw, out var written) || written != raw.Length)
        {
            throw new InvalidDataException($"it does not decompress to its {header.RawLength} bytes");
        }

        try
        {
            return new UnpackedBlock(decoder, header, raw);
        }
        catch (MalformedOtlpException e)
        {
            throw new InvalidDataException("a source in it is no OTLP", e);
        }
    }

    public ReadOnlyMemory<byte> Body(int row)
    {
        var start = row == 0 ? 0 : _ends[row - 1];
        return _raw.AsMemory(_bodies + start, _ends[row] - start);
    }

    public SpanFacts Span(int row) => _decoder.ReadSpan(Body(row).Span, _sources[_sourceIds[row]]);

    public LogFacts Log(int row) => OtlpDecoder.ReadLog(Body(row).Span, _sources[_sourceIds[row]]);

    private ReadOnlySpan<byte> Bytes(ref int at)
    {
        var length = Varint.ReadInt(_raw, ref at, _raw.Length - at);
        at += length;
        return _raw.AsSpan(at - length, length);
    }
}

using System.IO.Compression;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>
/// Makes a block's bytes: each row's source and length, then the bodies as received; compressed as a whole. One thread uses
/// it; its buffers are used again.
/// </summary>
internal sealed class BlockPacker(int quality)
{
    // 1 MiB: more than a block has, so that each of its spans may be told by any other.
    private const int WindowBits = 20;

    private byte[] _raw = [];
    private byte[] _packed = [];
    private int _length;

    /// <summary>A block of rows: header and content. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Pack(BlockRows rows, int count, TimeSpread times, SourceTable sources)
    {
        var bodyBytes = 0;
        for (var row = 0; row < count; row++)
        {
            bodyBytes = checked(bodyBytes + rows.Body(row).Length);
        }

        Reserve(checked(bodyBytes + (2 * count * Varint.BytesMax)));
        for (var row = 0; row < count; row++)
        {
            Write(sources.IdOf(rows.Source(row)));
            Write(rows.Body(row).Length);
        }

        for (var row = 0; row < count; row++)
        {
            Copy(rows.Body(row).Span);
        }

        return Compress(rows.Kind, count, times);
    }

    /// <summary>A block of sources: header and content, in memory of its own.</summary>
    public byte[] Pack(ReadOnlySpan<SpanSource> sources)
    {
        var bytes = 0;
        foreach (var source in sources)
        {
            bytes = checked(bytes + source.ResourceBytes.Length + source.ScopeBytes.Length + (2 * Varint.BytesMax));
        }

        Reserve(bytes);
        foreach (var source in sources)
        {
            Write(source.ResourceBytes.Length);
            Copy(source.ResourceBytes.Span);
            Write(source.ScopeBytes.Length);
            Copy(source.ScopeBytes.Span);
        }

        return Compress(BlockKind.Sources, sources.Length, TimeSpread.None).ToArray();
    }

    private ReadOnlyMemory<byte> Compress(BlockKind kind, int count, TimeSpread times)
    {
        var max = BlockHeader.Size + BrotliEncoder.GetMaxCompressedLength(_length);
        if (_packed.Length < max)
        {
            _packed = new byte[max];
        }

        var content = _packed.AsSpan(BlockHeader.Size);
        if (!BrotliEncoder.TryCompress(_raw.AsSpan(0, _length), content, out var packed, quality, WindowBits))
        {
            throw new InvalidOperationException($"A block of {_length} bytes did not fit into {content.Length} compressed ones.");
        }

        new BlockHeader(kind, count, times, _length, packed, Crc32C.Of(content[..packed])).Write(_packed);
        return _packed.AsMemory(0, BlockHeader.Size + packed);
    }

    private void Reserve(int bytes)
    {
        _length = 0;
        if (_raw.Length < bytes)
        {
            _raw = new byte[bytes];
        }
    }

    private void Write(int number) => _length += Varint.Write(_raw.AsSpan(_length), (ulong)number);

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_raw.AsSpan(_length));
        _length += bytes.Length;
    }
}

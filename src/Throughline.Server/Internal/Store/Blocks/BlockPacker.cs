using System.IO.Compression;
using System.Runtime.InteropServices;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>
/// Makes a block's bytes: its sources once, each row's source and length, the bodies as received; compressed as a whole.
/// One thread uses it; its buffers are used again.
/// </summary>
internal sealed class BlockPacker(int quality)
{
    // 1 MiB: more than a block has, so that each of its spans may be told by any other.
    private const int WindowBits = 20;

    private readonly Dictionary<SpanSource, int> _sourceIds = [];
    private readonly List<SpanSource> _sources = [];
    private byte[] _raw = [];
    private byte[] _packed = [];
    private int _length;

    /// <summary>Header and content. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Pack(BlockRows rows, int count, TimeSpread times)
    {
        WriteRaw(rows, count);
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

        new BlockHeader(rows.Kind, count, times, _length, packed, Crc32C.Of(content[..packed])).Write(_packed);
        return _packed.AsMemory(0, BlockHeader.Size + packed);
    }

    private void WriteRaw(BlockRows rows, int count)
    {
        _length = 0;
        _sourceIds.Clear();
        _sources.Clear();
        var sourceBytes = 0;
        for (var row = 0; row < count; row++)
        {
            var source = rows.Source(row);
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_sourceIds, source, out var exists);
            if (!exists)
            {
                id = _sources.Count;
                _sources.Add(source);
                sourceBytes += source.ResourceBytes.Length + source.ScopeBytes.Length + (2 * Varint.BytesMax);
            }
        }

        var bodyBytes = 0;
        for (var row = 0; row < count; row++)
        {
            bodyBytes = checked(bodyBytes + rows.Body(row).Length);
        }

        Reserve(checked(bodyBytes + sourceBytes + ((2 * count) + 1) * Varint.BytesMax));
        Write(_sources.Count);
        foreach (var source in _sources)
        {
            Write(source.ResourceBytes.Span);
            Write(source.ScopeBytes.Span);
        }

        for (var row = 0; row < count; row++)
        {
            Write(_sourceIds[rows.Source(row)]);
            Write(rows.Body(row).Length);
        }

        for (var row = 0; row < count; row++)
        {
            var body = rows.Body(row).Span;
            body.CopyTo(_raw.AsSpan(_length));
            _length += body.Length;
        }
    }

    private void Reserve(int bytes)
    {
        if (_raw.Length < bytes)
        {
            _raw = new byte[bytes];
        }
    }

    private void Write(int number) => _length += Varint.Write(_raw.AsSpan(_length), (ulong)number);

    private void Write(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        bytes.CopyTo(_raw.AsSpan(_length));
        _length += bytes.Length;
    }
}

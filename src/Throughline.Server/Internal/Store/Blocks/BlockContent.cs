using System.IO.Compression;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>A block's bytes, back from how they are on disk.</summary>
internal static class BlockContent
{
    /// <summary>Checks and decompresses a block: header and content.</summary>
    /// <exception cref="InvalidDataException">It is damaged: the message says how.</exception>
    public static byte[] Read(ReadOnlySpan<byte> bytes, out BlockHeader header)
    {
        if (!BlockHeader.TryRead(bytes, out header))
        {
            throw new InvalidDataException("its header is damaged");
        }

        var content = bytes[BlockHeader.Size..];
        if (content.Length < header.Length || Crc32C.Of(content[..header.Length]) != header.Checksum)
        {
            throw new InvalidDataException($"its checksum does not fit its {header.Length} bytes");
        }

        var raw = GC.AllocateUninitializedArray<byte>(header.RawLength);
        return BrotliDecoder.TryDecompress(content[..header.Length], raw, out var written) && written == raw.Length
            ? raw
            : throw new InvalidDataException($"it does not decompress to its {header.RawLength} bytes");
    }

    /// <summary>Adds the sources of a block of such.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static void ReadSources(ReadOnlySpan<byte> bytes, OtlpDecoder decoder, SourceTable into)
    {
        var raw = Read(bytes, out var header);
        try
        {
            for (int i = 0, at = 0; i < header.Rows; i++)
            {
                var resource = Bytes(raw, ref at);
                into.AddWritten(decoder.ReadSource(resource, Bytes(raw, ref at)));
            }
        }
        catch (MalformedOtlpException e)
        {
            throw new InvalidDataException("a source in it is no OTLP", e);
        }
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> raw, ref int at)
    {
        var length = Varint.ReadInt(raw, ref at, raw.Length - at);
        at += length;
        return raw.Slice(at - length, length);
    }
}

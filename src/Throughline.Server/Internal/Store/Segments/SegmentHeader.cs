using System.Buffers.Binary;
using Throughline.Server.Internal.Files;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>The first bytes of a segment's file: what it is, in which version, and since when it is filled.</summary>
internal static class SegmentHeader
{
    public const int Size = 32;

    /// <summary>The version that is written. A reader of a later one reads this one too.</summary>
    public const int Version = 1;

    private const ulong Magic = 0x534E4150534C5254; // TRLSPANS

    public static byte[] Write(DateTimeOffset created)
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), created.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), Crc32C.Of(bytes.AsSpan(0, 28)));
        return bytes;
    }

    /// <summary>When the segment was begun.</summary>
    /// <exception cref="InvalidDataException">It is no segment, a damaged one, or one of a later version.</exception>
    public static DateTimeOffset Read(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.Length < Size || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic)
        {
            throw new InvalidDataException($"{path} is no segment of spans: its first bytes are others. Move it away to start without it.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version is < 1 or > Version)
        {
            throw new InvalidDataException(
                $"{path} has format {version}, and this server reads formats 1 to {Version}: start the version that wrote it, or move the file away to start without it.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) != Crc32C.Of(bytes[..28]))
        {
            throw new InvalidDataException($"{path} is damaged: its header's checksum does not fit. Move it away to start without it.");
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]));
    }
}

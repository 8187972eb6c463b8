using System.Buffers.Binary;
using Throughline.Server.Internal.Files;

namespace Throughline.Server.Internal.Store.Blocks;

/// <summary>What stands before a block's compressed bytes. It has a checksum of its own: who only counts blocks reads no more.</summary>
/// <param name="Kind">What the rows are.</param>
/// <param name="Rows">How many.</param>
/// <param name="Times">Of the rows.</param>
/// <param name="RawLength">Bytes of the content before it was compressed.</param>
/// <param name="Length">Bytes of the compressed content.</param>
/// <param name="Checksum">CRC-32C of the compressed content.</param>
internal readonly record struct BlockHeader(
    BlockKind Kind, int Rows, TimeSpread Times, int RawLength, int Length, uint Checksum)
{
    public const int Size = 48;

    private const uint Magic = 0x314B4C42; // BLK1

    // So that another way of packing can be told from this one.
    private const byte Brotli = 1;

    public void Write(Span<byte> bytes)
    {
        bytes[..Size].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        bytes[4] = (byte)Kind;
        bytes[5] = Brotli;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Rows);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], RawLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[20..], Checksum);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], Times.First);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], Times.Last);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[44..], Crc32C.Of(bytes[..44]));
    }

    /// <summary>False for what is none, or is damaged.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BlockHeader header)
    {
        header = default;
        if (bytes.Length < Size
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]) != Crc32C.Of(bytes[..44])
            || bytes[5] != Brotli)
        {
            return false;
        }

        header = new BlockHeader(
            (BlockKind)bytes[4],
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            new TimeSpread(
                BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..])),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]));
        return header is { Rows: > 0, RawLength: > 0, Length: > 0 };
    }
}

using System.Buffers.Binary;
using Throughline.Server.Internal.Files;

namespace Throughline.Server.Internal.Ingest;

/// <summary>
/// The bytes of the log. A segment's name is the position of its first byte after the file header, in 20 digits; an entry's
/// position is the segment's plus its place in it.
/// </summary>
/// <remarks>
/// File: magic (8), version (4), zeros (4), entries. Entry: payload length (4), CRC-32C of the rest of the header and the
/// payload (4), kind (1), zeros (7), time of receipt in Unix nanoseconds (8), payload. Little endian.
/// </remarks>
internal static class LogFormat
{
    public const int FileHeaderSize = 16;
    public const int EntryHeaderSize = 24;
    public const uint Version = 1;
    public const string Extension = ".log";

    private const int ChecksummedFrom = 8;

    private static ReadOnlySpan<byte> Magic => "TLINGEST"u8;

    public static byte[] FileHeader()
    {
        var header = new byte[FileHeaderSize];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(Magic.Length), Version);
        return header;
    }

    /// <exception cref="InvalidDataException">It is no log segment, or one of a later version.</exception>
    public static void CheckFileHeader(ReadOnlySpan<byte> header, string path)
    {
        if (header.Length < FileHeaderSize || !header.StartsWith(Magic))
        {
            throw new InvalidDataException($"{path} is not a segment of the ingest log. Move it elsewhere to start without it.");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[Magic.Length..]);
        if (version != Version)
        {
            throw new InvalidDataException(
                $"{path} has version {version} of the ingest log; this server reads {Version}. Start the version that wrote it, or move the data folder elsewhere.");
        }
    }

    public static void WriteEntryHeader(Span<byte> header, SignalKind kind, long receivedUnixNs, ReadOnlySpan<byte> payload)
    {
        header.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(header, payload.Length);
        header[8] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], receivedUnixNs);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Crc32C.Of(header[ChecksummedFrom..], payload));
    }

    /// <summary>The payload's length as the header says it, which nothing has confirmed yet.</summary>
    public static int PayloadLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header);

    public static SignalKind Kind(ReadOnlySpan<byte> header) => (SignalKind)header[8];

    public static long ReceivedUnixNs(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[16..]);

    public static bool IsWhole(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == Crc32C.Of(header[ChecksummedFrom..EntryHeaderSize], payload);
}

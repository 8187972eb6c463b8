namespace Throughline.Server.Internal.Files;

/// <summary>Whole numbers in as few bytes as they need, in the server's own files: seven bits a byte, lowest first.</summary>
internal static class Varint
{
    public const int BytesMax = 10;

    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> into, ulong number)
    {
        var at = 0;
        while (number >= 0x80)
        {
            into[at++] = (byte)(number | 0x80);
            number >>= 7;
        }

        into[at++] = (byte)number;
        return at;
    }

    /// <exception cref="InvalidDataException">The bytes end within a number.</exception>
    public static ulong Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if ((uint)at >= (uint)bytes.Length)
            {
                break;
            }

            var next = bytes[at++];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw new InvalidDataException("The bytes end within a number, or it has more than 64 bits.");
    }

    /// <exception cref="InvalidDataException">The bytes end within a number, or it is greater.</exception>
    public static int ReadInt(ReadOnlySpan<byte> bytes, ref int at, int max)
    {
        var number = Read(bytes, ref at);
        return number <= (ulong)max ? (int)number : throw new InvalidDataException($"A number is {number}; at most {max} makes sense there.");
    }
}

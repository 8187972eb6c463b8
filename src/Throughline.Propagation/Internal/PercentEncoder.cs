namespace Throughline.Propagation.Internal;

/// <summary>Writes one byte as a percent sign and two upper-case hex digits (RFC 3986, section 2.1).</summary>
internal static class PercentEncoder
{
    public const int EscapeLength = 3;

    public static bool TryWrite(byte value, Span<byte> destination)
    {
        if (destination.Length < EscapeLength)
        {
            return false;
        }

        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        destination[0] = (byte)'%';
        destination[1] = digits[value >> 4];
        destination[2] = digits[value & 0xF];
        return true;
    }
}

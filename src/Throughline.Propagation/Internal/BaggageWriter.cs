using System.Text;
using OpenTelemetry;

namespace Throughline.Propagation.Internal;

/// <summary>Writes a baggage header: member by member, each whole or not at all.</summary>
internal sealed class BaggageWriter(Refusals refusals)
{
    private const int Utf8LengthMax = 4;

    /// <summary>Writes what may be sent; 0 when nothing is.</summary>
    /// <param name="baggage">What to send.</param>
    /// <param name="destination">Room for <see cref="BaggageLimits.LengthMax"/>.</param>
    public int Write(in Baggage baggage, Span<byte> destination)
    {
        int length = 0;
        int count = 0;
        bool isUnsendable = false;
        bool isTruncated = false;
        destination = destination[..BaggageLimits.LengthMax];
        foreach ((string key, string value) in baggage)
        {
            if (key.Length == 0 || key.AsSpan().ContainsAnyExcept(BaggageGrammar.KeyText))
            {
                isUnsendable = true;
            }
            else if (count < BaggageLimits.MembersMax
                && TryWriteMember(key, value, destination[length..], isFirst: count == 0, out int written))
            {
                length += written;
                count++;
            }
            else
            {
                isTruncated = true;
            }
        }

        CountOnce(isUnsendable, isTruncated);
        return length;
    }

    private static bool TryWriteMember(string key, string value, Span<byte> destination, bool isFirst, out int length)
    {
        length = (isFirst ? 0 : 1) + key.Length + 1;
        if (length > destination.Length)
        {
            return false;
        }

        int at = 0;
        if (!isFirst)
        {
            destination[at++] = (byte)',';
        }

        Ascii.FromUtf16(key, destination[at..], out int keyLength);
        destination[at + keyLength] = (byte)'=';
        bool fits = TryWriteValue(value, destination[length..], out int valueLength);
        length += valueLength;
        return fits;
    }

    private static bool TryWriteValue(ReadOnlySpan<char> value, Span<byte> destination, out int length)
    {
        // 1. As far as the value is plain, it is copied.
        int plain = value.IndexOfAnyExcept(BaggageGrammar.PlainText);
        plain = plain < 0 ? value.Length : plain;
        length = plain;
        if (plain > destination.Length)
        {
            return false;
        }

        Ascii.FromUtf16(value[..plain], destination, out _);

        // 2. The rest goes rune by rune; half a surrogate pair becomes U+FFFD.
        foreach (Rune rune in value[plain..].EnumerateRunes())
        {
            if (!TryWriteRune(rune, destination[length..], out int written))
            {
                return false;
            }

            length += written;
        }

        return true;
    }

    private static bool TryWriteRune(Rune rune, Span<byte> destination, out int length)
    {
        length = 0;
        if (rune.IsAscii && BaggageGrammar.PlainText.Contains((char)rune.Value))
        {
            if (destination.IsEmpty)
            {
                return false;
            }

            destination[length++] = (byte)rune.Value;
            return true;
        }

        Span<byte> utf8 = stackalloc byte[Utf8LengthMax];
        foreach (byte unit in utf8[..rune.EncodeToUtf8(utf8)])
        {
            if (!PercentEncoder.TryWrite(unit, destination[length..]))
            {
                return false;
            }

            length += PercentEncoder.EscapeLength;
        }

        return true;
    }

    private void CountOnce(bool isUnsendable, bool isTruncated)
    {
        if (isUnsendable)
        {
            refusals.Count(RefusalCause.BaggageUnsendable);
        }

        if (isTruncated)
        {
            refusals.Count(RefusalCause.BaggageTruncated);
        }
    }
}

using System.Buffers;

namespace Throughline.Propagation.Internal;

/// <summary>The grammar of tracestate, level 2: https://www.w3.org/TR/trace-context-2/#tracestate-header</summary>
internal static class TraceStateParser
{
    public const int MembersMax = 32;

    private const int KeyLengthMax = 256;
    private const int ValueLengthMax = 256;

    private static readonly SearchValues<byte> KeyFirst = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> Key = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz_-*/@"u8);
    private static readonly SearchValues<byte> Value = SearchValues.Create(PrintableWithoutDelimiters());

    /// <summary>Finds the members; empty ones are passed over, and of a repeated key the first one counts.</summary>
    /// <param name="header">The header's value.</param>
    /// <param name="members">Room for <see cref="MembersMax"/>.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="isVerbatim">Whether the members joined by commas are the header as it stands.</param>
    public static TraceStateOutcome Parse(
        ReadOnlySpan<byte> header, Span<TraceStateMember> members, out int count, out bool isVerbatim)
    {
        count = 0;
        int joinedLength = -1;
        isVerbatim = false;
        for (int start = 0; start <= header.Length;)
        {
            int length = header[start..].IndexOf((byte)',');
            length = length < 0 ? header.Length - start : length;
            TraceStateMember member = Trim(header, start, length);
            start += length + 1;
            if (member.Length == 0)
            {
                continue;
            }

            int keyLength = KeyLengthOf(header.Slice(member.Start, member.Length));
            if (keyLength < 0)
            {
                return TraceStateOutcome.Malformed;
            }

            member = member with { KeyLength = keyLength };
            if (IsRepeated(header, member, members[..count]))
            {
                continue;
            }

            if (count == MembersMax)
            {
                return TraceStateOutcome.TooMany;
            }

            members[count++] = member;
            joinedLength += member.Length + 1;
        }

        isVerbatim = joinedLength == header.Length;
        return TraceStateOutcome.Valid;
    }

    private static TraceStateMember Trim(ReadOnlySpan<byte> header, int start, int length)
    {
        int end = start + length;
        while (start < end && header[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        while (end > start && header[end - 1] is (byte)' ' or (byte)'\t')
        {
            end--;
        }

        return new TraceStateMember(start, end - start, 0);
    }

    private static int KeyLengthOf(ReadOnlySpan<byte> member)
    {
        int keyLength = member.IndexOf((byte)'=');
        if (keyLength is < 1 or > KeyLengthMax || !KeyFirst.Contains(member[0])
            || member[1..keyLength].ContainsAnyExcept(Key))
        {
            return -1;
        }

        // No trailing space is left after trimming, so the last character is a visible one.
        ReadOnlySpan<byte> value = member[(keyLength + 1)..];
        return value.Length is < 1 or > ValueLengthMax || value.ContainsAnyExcept(Value) ? -1 : keyLength;
    }

    private static bool IsRepeated(ReadOnlySpan<byte> header, TraceStateMember member, ReadOnlySpan<TraceStateMember> earlier)
    {
        ReadOnlySpan<byte> key = header.Slice(member.Start, member.KeyLength);
        foreach (TraceStateMember other in earlier)
        {
            if (other.KeyLength == member.KeyLength && key.SequenceEqual(header.Slice(other.Start, other.KeyLength)))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] PrintableWithoutDelimiters()
    {
        const int First = 0x20;
        const int Last = 0x7E;
        return [.. Enumerable.Range(First, Last - First + 1).Where(c => c is not (',' or '=')).Select(c => (byte)c)];
    }
}

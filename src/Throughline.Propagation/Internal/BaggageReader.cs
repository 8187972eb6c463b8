using System.Buffers;
using System.Text;
using OpenTelemetry;

namespace Throughline.Propagation.Internal;

/// <summary>Reads a baggage header: member by member, each taken whole or not at all.</summary>
internal sealed class BaggageReader(Refusals refusals)
{
    /// <summary>The baggage; empty when nothing of it could be read.</summary>
    public Baggage Read(in HeaderValue value)
    {
        if (!value.IsText)
        {
            return Read(value.Utf8);
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Text.Length));
        try
        {
            return Read(rented.AsSpan(0, Encoding.UTF8.GetBytes(value.Text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private Baggage Read(ReadOnlySpan<byte> header)
    {
        int countMax = Math.Min(header.Count((byte)',') + 1, BaggageLimits.MembersMax);
        KeyValuePair<string, string?>[] members = new KeyValuePair<string, string?>[countMax];
        int count = ReadMembers(header, members);
        return default(Baggage).SetBaggage(count == countMax ? members : members[..count]);
    }

    private int ReadMembers(ReadOnlySpan<byte> header, Span<KeyValuePair<string, string?>> members)
    {
        int count = 0;
        int length = 0;
        bool isMalformed = false;
        bool isOversize = false;
        while (!header.IsEmpty)
        {
            ReadOnlySpan<byte> member = BaggageGrammar.TrimWhiteSpace(NextMember(ref header));
            if (member.IsEmpty)
            {
                continue;
            }

            if (!BaggageLimits.Fits(count, length, member.Length))
            {
                isOversize = true;
            }
            else if (TryReadMember(member, out members[count]))
            {
                length += member.Length + (count > 0 ? 1 : 0);
                count++;
            }
            else
            {
                isMalformed = true;
            }
        }

        CountOnce(isMalformed, isOversize);
        return count;
    }

    private static ReadOnlySpan<byte> NextMember(ref ReadOnlySpan<byte> header)
    {
        int comma = header.IndexOf((byte)',');
        ReadOnlySpan<byte> member = comma < 0 ? header : header[..comma];
        header = comma < 0 ? [] : header[(comma + 1)..];
        return member;
    }

    private static bool TryReadMember(ReadOnlySpan<byte> text, out KeyValuePair<string, string?> member)
    {
        member = default;
        int equals = text.IndexOf((byte)'=');
        if (equals < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> key = BaggageGrammar.TrimWhiteSpace(text[..equals]);
        if (key.IsEmpty || key.ContainsAnyExcept(BaggageGrammar.KeyBytes))
        {
            return false;
        }

        // Behind the semicolon stand properties, for which OpenTelemetry's Baggage has no place.
        ReadOnlySpan<byte> value = text[(equals + 1)..];
        int semicolon = value.IndexOf((byte)';');
        value = BaggageGrammar.TrimWhiteSpace(semicolon < 0 ? value : value[..semicolon]);
        member = new(Encoding.ASCII.GetString(key), PercentDecoder.Decode(value));
        return true;
    }

    private void CountOnce(bool isMalformed, bool isOversize)
    {
        if (isMalformed)
        {
            refusals.Count(RefusalCause.BaggageMalformed);
        }

        if (isOversize)
        {
            refusals.Count(RefusalCause.BaggageOversize);
        }
    }
}

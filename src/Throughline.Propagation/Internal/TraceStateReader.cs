using System.Buffers;
using System.Text;

namespace Throughline.Propagation.Internal;

/// <summary>
/// Reads tracestate. Producers of one system mostly send the same one, so the last string is kept and handed out
/// again: neither parsed nor allocated. One reference, so racing writers only cost each other that saving.
/// </summary>
internal sealed class TraceStateReader(Refusals refusals)
{
    // 32 members of 256 + 1 + 256 characters, their commas, and as much again for white space and empty members.
    private const int HeaderLengthMax = 2 * ((TraceStateParser.MembersMax * 513) + TraceStateParser.MembersMax - 1);

    private string? _last;

    /// <summary>The tracestate to continue; null when it is empty or refused.</summary>
    public string? Read(in HeaderValue value)
    {
        string? last = _last;
        if (value.IsText)
        {
            return last is not null && value.Text.SequenceEqual(last) ? last : ReadText(value.Text);
        }

        return last is not null && Ascii.Equals(value.Utf8, last) ? last : ReadBytes(value.Utf8);
    }

    private string? ReadText(ReadOnlySpan<char> text)
    {
        if (text.Length > HeaderLengthMax)
        {
            refusals.Count(RefusalCause.TraceStateTooMany);
            return null;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            if (Ascii.FromUtf16(text, rented, out int length) == OperationStatus.Done)
            {
                return ReadBytes(rented.AsSpan(0, length));
            }

            refusals.Count(RefusalCause.TraceStateMalformed);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private string? ReadBytes(ReadOnlySpan<byte> header)
    {
        if (header.Length > HeaderLengthMax)
        {
            refusals.Count(RefusalCause.TraceStateTooMany);
            return null;
        }

        Span<TraceStateMember> members = stackalloc TraceStateMember[TraceStateParser.MembersMax];
        switch (TraceStateParser.Parse(header, members, out int count, out bool isVerbatim))
        {
            case TraceStateOutcome.Malformed:
                refusals.Count(RefusalCause.TraceStateMalformed);
                return null;
            case TraceStateOutcome.TooMany:
                refusals.Count(RefusalCause.TraceStateTooMany);
                return null;
        }

        if (count == 0)
        {
            return null;
        }

        return isVerbatim ? _last = Encoding.ASCII.GetString(header) : Join(header, members[..count]);
    }

    private static string Join(ReadOnlySpan<byte> header, ReadOnlySpan<TraceStateMember> members)
    {
        StringBuilder joined = new(header.Length);
        foreach (TraceStateMember member in members)
        {
            joined.Append(joined.Length == 0 ? string.Empty : ",");
            joined.Append(Encoding.ASCII.GetString(header.Slice(member.Start, member.Length)));
        }

        return joined.ToString();
    }
}

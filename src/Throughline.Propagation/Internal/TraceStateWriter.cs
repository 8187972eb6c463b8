using System.Buffers;
using System.Text;

namespace Throughline.Propagation.Internal;

/// <summary>
/// Writes tracestate: what is outside the grammar is not sent, what is over 512 characters loses whole members.
/// The last string found fit to send as it stands is remembered by reference and not looked at again.
/// </summary>
internal sealed class TraceStateWriter(Refusals refusals)
{
    /// <summary>The length that must be propagated, and what is sent at most.</summary>
    public const int LengthMax = 512;

    // Members over this length go first: https://www.w3.org/TR/trace-context-2/#tracestate-limits
    private const int LargeMemberLength = 128;

    private string? _lastFit;

    /// <summary>Writes what may be sent; 0 when nothing is.</summary>
    /// <param name="traceState">The span's tracestate.</param>
    /// <param name="destination">Room for <see cref="LengthMax"/>.</param>
    public int Write(string? traceState, Span<byte> destination)
    {
        if (string.IsNullOrEmpty(traceState))
        {
            return 0;
        }

        if (ReferenceEquals(traceState, _lastFit))
        {
            Ascii.FromUtf16(traceState, destination, out int copied);
            return copied;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(traceState.Length);
        try
        {
            return Ascii.FromUtf16(traceState, rented, out int length) == OperationStatus.Done
                ? Write(traceState, rented.AsSpan(0, length), destination)
                : Refuse(RefusalCause.TraceStateUnsendable);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private int Write(string traceState, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        Span<TraceStateMember> members = stackalloc TraceStateMember[TraceStateParser.MembersMax];
        if (TraceStateParser.Parse(text, members, out int count, out bool isVerbatim) != TraceStateOutcome.Valid)
        {
            return Refuse(RefusalCause.TraceStateUnsendable);
        }

        if (isVerbatim && text.Length <= LengthMax)
        {
            _lastFit = traceState;
            text.CopyTo(destination);
            return text.Length;
        }

        return Join(text, Truncate(members[..count]), destination);
    }

    /// <summary>Leaves out members until the rest fits: large ones first, then any, each time from the end.</summary>
    private Span<TraceStateMember> Truncate(Span<TraceStateMember> members)
    {
        int length = members.Length - 1;
        foreach (TraceStateMember member in members)
        {
            length += member.Length;
        }

        if (length <= LengthMax)
        {
            return members;
        }

        refusals.Count(RefusalCause.TraceStateTruncated);
        members = LeaveOut(members, LargeMemberLength, ref length);
        return LeaveOut(members, 0, ref length);
    }

    private static Span<TraceStateMember> LeaveOut(Span<TraceStateMember> members, int overLength, scoped ref int length)
    {
        for (int at = members.Length - 1; at >= 0 && length > LengthMax; at--)
        {
            if (members[at].Length > overLength)
            {
                length -= members[at].Length + 1;
                members[(at + 1)..].CopyTo(members[at..]);
                members = members[..^1];
            }
        }

        return members;
    }

    private static int Join(ReadOnlySpan<byte> text, ReadOnlySpan<TraceStateMember> members, Span<byte> destination)
    {
        int length = 0;
        foreach (TraceStateMember member in members)
        {
            if (length > 0)
            {
                destination[length++] = (byte)',';
            }

            text.Slice(member.Start, member.Length).CopyTo(destination[length..]);
            length += member.Length;
        }

        return length;
    }

    private int Refuse(RefusalCause cause)
    {
        refusals.Count(cause);
        return 0;
    }
}

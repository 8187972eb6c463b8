using System.Buffers;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>
/// Places in the ingest log as few bytes: sorted, each as its distance from the one before, in 7-bit groups. About six
/// bytes a span, where the span itself has hundreds.
/// </summary>
internal static class PositionList
{
    private const int NumberSizeMax = 10;

    public static byte[] Encode(IEnumerable<SpanPosition> positions)
    {
        var sorted = positions.ToArray();
        Array.Sort(sorted, static (left, right) =>
            left.Entry != right.Entry ? left.Entry.CompareTo(right.Entry) : left.Start.CompareTo(right.Start));
        var bytes = new ArrayBufferWriter<byte>(sorted.Length * 6 + NumberSizeMax);
        var last = default(SpanPosition);
        foreach (var position in sorted)
        {
            var isSameEntry = position.Entry == last.Entry;
            Write(bytes, (ulong)(position.Entry - last.Entry));
            Write(bytes, (ulong)(isSameEntry ? position.Start - last.Start : position.Start));
            Write(bytes, (ulong)position.Length);
            last = position;
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no list.</exception>
    public static IReadOnlyList<SpanPosition> Decode(ReadOnlySpan<byte> bytes)
    {
        var positions = new List<SpanPosition>();
        var last = default(SpanPosition);
        while (!bytes.IsEmpty)
        {
            var entry = checked(last.Entry + (long)Read(ref bytes));
            var start = checked((int)Read(ref bytes) + (entry == last.Entry ? last.Start : 0));
            last = new SpanPosition(entry, start, checked((int)Read(ref bytes)));
            positions.Add(last);
        }

        return positions;
    }

    private static void Write(ArrayBufferWriter<byte> bytes, ulong value)
    {
        var span = bytes.GetSpan(NumberSizeMax);
        var count = 0;
        while (value >= 0x80)
        {
            span[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[count++] = (byte)value;
        bytes.Advance(count);
    }

    private static ulong Read(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var i = 0; i < Math.Min(bytes.Length, NumberSizeMax); i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }

        throw new InvalidDataException("A list of positions ends in the middle of a number.");
    }
}

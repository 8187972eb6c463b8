using System.Buffers;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>
/// Places in the ingest log as few bytes: sorted, each as its distance from the one before, in 7-bit groups. About six
/// bytes a span, where the span itself has hundreds.
/// </summary>
internal static class PositionList
{
    public static byte[] Encode(IEnumerable<SpanPosition> positions)
    {
        var sorted = positions.ToArray();
        Array.Sort(sorted, static (left, right) =>
            left.Entry != right.Entry ? left.Entry.CompareTo(right.Entry) : left.Start.CompareTo(right.Start));
        var bytes = new ArrayBufferWriter<byte>(sorted.Length * 6 + Varint.BytesMax);
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
        var at = 0;
        while (at < bytes.Length)
        {
            var entry = checked(last.Entry + (long)Varint.Read(bytes, ref at));
            var start = checked((int)Varint.Read(bytes, ref at) + (entry == last.Entry ? last.Start : 0));
            last = new SpanPosition(entry, start, checked((int)Varint.Read(bytes, ref at)));
            positions.Add(last);
        }

        return positions;
    }

    private static void Write(ArrayBufferWriter<byte> bytes, ulong value) =>
        bytes.Advance(Varint.Write(bytes.GetSpan(Varint.BytesMax), value));
}

using System.Buffers;
using Throughline.Server.Internal.Files;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>The rows that have a term, as bytes: whichever is shortest of the gaps between them, a bit for each row of the
/// segment, or the gaps between those that do not have it.</summary>
internal static class PostingList
{
    private const byte Gaps = 0;
    private const byte Bits = 1;
    private const byte GapsOfOthers = 2;

    /// <param name="rows">Ascending.</param>
    /// <param name="total">Rows in the segment.</param>
    /// <param name="into">Gets the bytes.</param>
    public static void Write(ReadOnlySpan<int> rows, int total, ArrayBufferWriter<byte> into)
    {
        var bits = (total + 7) / 8;
        var others = total - rows.Length;
        if (Math.Min(rows.Length, others) > bits)
        {
            WriteBits(rows, bits, into);
        }
        else if (rows.Length <= others)
        {
            WriteKind(Gaps, into);
            WriteGaps(rows, into);
        }
        else
        {
            WriteKind(GapsOfOthers, into);
            WriteGapsOfOthers(rows, total, into);
        }
    }

    public static void Read(ReadOnlySpan<byte> bytes, RowSet into)
    {
        var rest = bytes[1..];
        switch (bytes[0])
        {
            case Gaps:
                ReadGaps(rest, into);
                break;
            case Bits:
                into.AddBits(rest);
                break;
            case GapsOfOthers:
                // Read into a set of its own: rows that are there already must stay.
                var all = new RowSet(into.Rows);
                all.AddRange(0, into.Rows);
                for (int at = 0, row = -1; at < rest.Length;)
                {
                    all.Remove(row += 1 + Varint.ReadInt(rest, ref at, into.Rows));
                }

                into.UnionWith(all);
                break;
            default:
                throw new InvalidDataException($"A list of rows is of kind {bytes[0]}, which is none.");
        }
    }

    public static void WriteGaps(ReadOnlySpan<int> rows, ArrayBufferWriter<byte> into)
    {
        var previous = -1;
        foreach (var row in rows)
        {
            Write(row - previous - 1, into);
            previous = row;
        }
    }

    public static void ReadGaps(ReadOnlySpan<byte> bytes, RowSet into)
    {
        for (int at = 0, row = -1; at < bytes.Length;)
        {
            into.Add(row += 1 + Varint.ReadInt(bytes, ref at, into.Rows));
        }
    }

    private static void WriteGapsOfOthers(ReadOnlySpan<int> rows, int total, ArrayBufferWriter<byte> into)
    {
        var previous = -1;
        var at = 0;
        for (var row = 0; row < total; row++)
        {
            if (at < rows.Length && rows[at] == row)
            {
                at++;
                continue;
            }

            Write(row - previous - 1, into);
            previous = row;
        }
    }

    private static void WriteBits(ReadOnlySpan<int> rows, int bytes, ArrayBufferWriter<byte> into)
    {
        WriteKind(Bits, into);
        var bits = into.GetSpan(bytes)[..bytes];
        bits.Clear();
        foreach (var row in rows)
        {
            bits[row >> 3] |= (byte)(1 << (row & 7));
        }

        into.Advance(bytes);
    }

    private static void WriteKind(byte kind, ArrayBufferWriter<byte> into)
    {
        into.GetSpan(1)[0] = kind;
        into.Advance(1);
    }

    private static void Write(int number, ArrayBufferWriter<byte> into) =>
        into.Advance(Varint.Write(into.GetSpan(Varint.BytesMax), (ulong)number));
}

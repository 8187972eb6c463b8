using Throughline.Server.Internal.Files;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>
/// Some hundred neighbouring terms of a sealed segment: each the distance to the one before it, then where its rows are.
/// Most terms of a segment are in one row (offsets, ids, keys): they cost some six bytes.
/// </summary>
internal static class TermPage
{
    /// <summary>What the lowest two bits of the number after a term say; the others are the number itself.</summary>
    public const int OneRow = 0;

    /// <summary>So many bytes of gaps between rows follow.</summary>
    public const int Gaps = 1;

    /// <summary>The list that has this id: one of several terms that the same rows have.</summary>
    public const int SharedList = 2;

    /// <summary>With more rows than this, a term's rows are a list of their own.</summary>
    public const int GapsMax = 12;

    /// <summary>Adds a term's rows.</summary>
    /// <param name="page">The page.</param>
    /// <param name="first">The page's first term.</param>
    /// <param name="term">The term sought, cut to the segment's bits.</param>
    /// <param name="into">Gets the rows.</param>
    /// <returns>The id of the list that has the rows, where the page does not have them itself; else -1.</returns>
    public static long Read(ReadOnlySpan<byte> page, ulong first, ulong term, RowSet into)
    {
        var at = 0;
        var current = first;
        while (at < page.Length)
        {
            current += Varint.Read(page, ref at);
            var told = Varint.Read(page, ref at);
            var number = (long)(told >> 2);
            var kind = (int)(told & 3);
            if (current > term)
            {
                return -1;
            }

            if (current == term)
            {
                return Take(page, at, kind, number, into);
            }

            at += kind == Gaps ? (int)number : 0;
        }

        return -1;
    }

    private static long Take(ReadOnlySpan<byte> page, int at, int kind, long number, RowSet into)
    {
        switch (kind)
        {
            case OneRow:
                into.Add((int)number);
                return -1;
            case Gaps:
                PostingList.ReadGaps(page.Slice(at, (int)number), into);
                return -1;
            default:
                return number;
        }
    }
}

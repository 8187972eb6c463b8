using System.Globalization;

namespace Throughline.Server.Internal.Store.Segments;

/// <summary>How far the store is written: a segment, and how many bytes of its file.</summary>
/// <param name="Segment">0 before the first.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct SegmentMark(int Segment, long Length)
{
    /// <exception cref="FormatException">It is no mark of this store.</exception>
    public static SegmentMark Parse(string mark)
    {
        var parts = mark.Split(':');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var segment)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? new SegmentMark(segment, length)
            : throw new FormatException($"'{mark}' is no mark of the span store: one is like '12:345678', a segment and bytes of it.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Segment}:{Length}");
}

namespace Throughline.Dashboard.Internal.Journeys.Rows;

/// <summary>Which rows are shown: those whose parents are all unfolded.</summary>
internal static class Folding
{
    public static IReadOnlySet<string> None { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <param name="rows">All.</param>
    /// <param name="changed">Keys of those that are not as they are at first.</param>
    public static IEnumerable<JourneyRow> Visible(IReadOnlyList<JourneyRow> rows, IReadOnlySet<string> changed)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            yield return row;
            if (IsFolded(row, changed))
            {
                i = row.Last;
            }
        }
    }

    public static bool IsFolded(JourneyRow row, IReadOnlySet<string> changed) =>
        row.Last > row.Index && row.Has(RowFlags.Folded) != (changed.Count > 0 && changed.Contains(Told.RowWords.Key(row)));
}

namespace Throughline.Dashboard.Internal.Graph;

/// <summary>
/// Moves places up and down towards their neighbours: nothing overlaps, nothing changes its order, and what an edge passes
/// is straight where it can be.
/// </summary>
internal static class Heights
{
    private const int Rounds = 8;

    // An edge that passes is kept straighter than a node is kept in the middle.
    private const double OfLines = 4;

    public static void Set(SlotGraph graph, LayoutSettings settings)
    {
        foreach (var column in graph.Columns)
        {
            Stack(column, settings);
        }

        for (var round = 0; round < Rounds; round++)
        {
            for (var layer = 1; layer < graph.Columns.Length; layer++)
            {
                Align(graph.Columns[layer], settings, before: true, after: false);
            }

            for (var layer = graph.Columns.Length - 2; layer >= 0; layer--)
            {
                Align(graph.Columns[layer], settings, before: false, after: true);
            }
        }

        // Once more by both sides: a node between two others is between them.
        foreach (var column in graph.Columns)
        {
            Align(column, settings, before: true, after: true);
        }

        var top = graph.Columns.SelectMany(static column => column).Select(static slot => slot.Y - (slot.Height / 2)).DefaultIfEmpty().Min();
        foreach (var slot in graph.Columns.SelectMany(static column => column))
        {
            slot.Y -= top;
        }
    }

    private static void Stack(List<Slot> column, LayoutSettings settings)
    {
        for (var i = 1; i < column.Count; i++)
        {
            column[i].Y = column[i - 1].Y + Distance(column[i - 1], column[i], settings);
        }
    }

    /// <summary>
    /// As near to where each place wants to be as the distances allow, in the sense of least squares: with the distances
    /// taken off it is isotonic regression, which pooling adjacent violators solves.
    /// </summary>
    private static void Align(List<Slot> column, LayoutSettings settings, bool before, bool after)
    {
        var pools = new List<(double Sum, double Weight, int Count)>(column.Count);
        var taken = new double[column.Count];
        for (var i = 0; i < column.Count; i++)
        {
            taken[i] = i == 0 ? 0 : taken[i - 1] + Distance(column[i - 1], column[i], settings);
            var (wanted, weight) = Wanted(column[i], before, after);
            pools.Add(((wanted - taken[i]) * weight, weight, 1));
            while (pools.Count > 1 && pools[^2].Sum / pools[^2].Weight > pools[^1].Sum / pools[^1].Weight)
            {
                var (one, other) = (pools[^2], pools[^1]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add((one.Sum + other.Sum, one.Weight + other.Weight, one.Count + other.Count));
            }
        }

        var at = 0;
        foreach (var (sum, weight, count) in pools)
        {
            for (var end = at + count; at < end; at++)
            {
                column[at].Y = (sum / weight) + taken[at];
            }
        }
    }

    private static (double Y, double Weight) Wanted(Slot slot, bool before, bool after)
    {
        var (sum, weight) = (0.0, 0.0);
        if (before)
        {
            Add(slot.Before);
        }

        if (after)
        {
            Add(slot.After);
        }

        // What has no neighbours stays about where it is.
        return weight > 0 ? (sum / weight, weight) : (slot.Y, 0.25);

        void Add(List<Slot> neighbours)
        {
            foreach (var near in neighbours)
            {
                var of = slot.IsLine && near.IsLine ? OfLines : 1;
                sum += near.Y * of;
                weight += of;
            }
        }
    }

    private static double Distance(Slot above, Slot below, LayoutSettings settings) =>
        ((above.Height + below.Height) / 2) + (above.IsLine && below.IsLine ? 0 : settings.NodeGap);
}

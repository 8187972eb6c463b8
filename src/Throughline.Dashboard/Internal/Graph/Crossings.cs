namespace Throughline.Dashboard.Internal.Graph;

/// <summary>Orders the places of each layer by the mean position of their neighbours, back and forth, and keeps the best order.</summary>
internal static class Crossings
{
    /// <summary>Back and forth at most; without a better order for some rounds it ends earlier.</summary>
    private const int RoundsMax = 16;
    private const int RoundsWithoutGain = 4;

    public static void Reduce(SlotGraph graph)
    {
        var best = Positions(graph);
        var fewest = Count(graph);
        for (var (round, idle) = (0, 0); round < RoundsMax && idle < RoundsWithoutGain && fewest > 0; round++, idle++)
        {
            for (var layer = 1; layer < graph.Columns.Length; layer++)
            {
                Sort(graph.Columns[layer], static slot => slot.Before);
            }

            for (var layer = graph.Columns.Length - 2; layer >= 0; layer--)
            {
                Sort(graph.Columns[layer], static slot => slot.After);
            }

            if (Count(graph) is var count && count < fewest)
            {
                (fewest, best, idle) = (count, Positions(graph), 0);
            }
        }

        foreach (var (column, slots) in graph.Columns.Zip(best))
        {
            column.Clear();
            column.AddRange(slots);
            Number(column);
        }
    }

    /// <summary>How often edges between neighbouring layers cross.</summary>
    public static long Count(SlotGraph graph) => graph.Columns.Sum(CountAfter);

    private static Slot[][] Positions(SlotGraph graph) => [.. graph.Columns.Select(static column => column.ToArray())];

    private static void Sort(List<Slot> column, Func<Slot, List<Slot>> neighbours)
    {
        foreach (var slot in column)
        {
            // What has no neighbour on that side stays where it is; equals stay in their order.
            slot.Wanted = neighbours(slot) is { Count: > 0 } near ? Mean(near) : slot.Position;
        }

        column.Sort(static (one, other) => one.Wanted.CompareTo(other.Wanted) is var order && order != 0 ? order : one.Position.CompareTo(other.Position));
        Number(column);
    }

    private static double Mean(List<Slot> slots)
    {
        var sum = 0.0;
        foreach (var slot in slots)
        {
            sum += slot.Position;
        }

        return sum / slots.Count;
    }

    private static void Number(List<Slot> column)
    {
        for (var i = 0; i < column.Count; i++)
        {
            column[i].Position = i;
        }
    }

    /// <summary>Where the edges of a layer lead to, by where they begin and then by where they end.</summary>
    private static List<int> Ends(List<Slot> column)
    {
        var ends = new List<int>(column.Count);
        foreach (var slot in column)
        {
            var first = ends.Count;
            foreach (var to in slot.After)
            {
                ends.Add(to.Position);
            }

            ends.Sort(first, ends.Count - first, null);
        }

        return ends;
    }

    /// <summary>Inversions of the ends, with a binary indexed tree.</summary>
    private static long CountAfter(List<Slot> column)
    {
        var ends = Ends(column);
        if (ends.Count < 2)
        {
            return 0;
        }

        var tree = new int[ends.Max() + 2];
        long crossings = 0;
        for (var i = 0; i < ends.Count; i++)
        {
            var notAbove = 0;
            for (var at = ends[i] + 1; at > 0; at -= at & -at)
            {
                notAbove += tree[at];
            }

            crossings += i - notAbove;
            for (var at = ends[i] + 1; at < tree.Length; at += at & -at)
            {
                tree[at]++;
            }
        }

        return crossings;
    }
}

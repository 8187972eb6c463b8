namespace Throughline.Dashboard.Internal.Journeys.Rows;

/// <summary>
/// A tree of rows as a list: siblings by start, lanes of groups slowest first, alike ones folded; a parent, then all below
/// it. Without recursion: a chain may be as long as the journey.
/// </summary>
internal static class RowList
{
    /// <summary>From so many alike siblings on they are one row.</summary>
    public const int AlikeMin = 5;

    /// <summary>All rows below a root that is no row itself.</summary>
    public static IReadOnlyList<JourneyRow> Of(JourneyRow root)
    {
        var rows = new List<JourneyRow>();
        var open = new Stack<(JourneyRow Row, int Next)>();
        Order(root);
        open.Push((root, 0));
        while (open.TryPop(out var top))
        {
            if (top.Next == (top.Row.Children?.Count ?? 0))
            {
                Close(top.Row, rows.Count - 1, open.TryPeek(out var above) ? above.Row : null);
                continue;
            }

            open.Push((top.Row, top.Next + 1));
            var child = top.Row.Children![top.Next];
            child.Index = rows.Count;
            child.Parent = top.Row.Index;
            child.Level = top.Row.Level + 1;
            rows.Add(child);
            Order(child);
            open.Push((child, 0));
        }

        return rows;
    }

    private static void Close(JourneyRow row, int last, JourneyRow? above)
    {
        row.Last = Math.Max(last, row.Index);
        if (above is not null)
        {
            above.Below |= row.Flags | row.Below;
        }
    }

    private static void Order(JourneyRow row)
    {
        if (row.Children is not { Count: > 1 } children)
        {
            return;
        }

        // What is alike is in order already, as its members were.
        if (row.Kind != RowKind.Alike || row.Level == 0)
        {
            children.Sort(Compare);
            row.Children = children.Count < AlikeMin ? children : Fold(children);
        }
    }

    private static int Compare(JourneyRow one, JourneyRow other)
    {
        var byLane = (one.Kind != RowKind.Span).CompareTo(other.Kind != RowKind.Span);
        if (byLane != 0)
        {
            return byLane;
        }

        // Lanes: who has not read is the slowest; then whose processing ended last.
        var byEnd = one.Kind == RowKind.Span ? 0 : EndOfLane(other).CompareTo(EndOfLane(one));
        if (byEnd != 0)
        {
            return byEnd;
        }

        var byStart = one.StartUnixNs.CompareTo(other.StartUnixNs);
        return byStart != 0 ? byStart : one.Facts.SpanId.CompareTo(other.Facts.SpanId);
    }

    private static long EndOfLane(JourneyRow lane) => lane.Kind == RowKind.Unread ? long.MaxValue : lane.Facts.EndUnixNs;

    // One row for alike siblings, where the first of them was.
    private static List<JourneyRow> Fold(List<JourneyRow> children)
    {
        var counts = new Dictionary<(RowKind, string, string, string?), int>();
        foreach (var child in children)
        {
            counts[Likeness(child)] = counts.GetValueOrDefault(Likeness(child)) + 1;
        }

        if (counts.Values.All(static count => count < AlikeMin))
        {
            return children;
        }

        var folded = new List<JourneyRow>();
        var made = new Dictionary<(RowKind, string, string, string?), JourneyRow>();
        foreach (var child in children)
        {
            var likeness = Likeness(child);
            if (counts[likeness] < AlikeMin)
            {
                folded.Add(child);
            }
            else if (made.TryGetValue(likeness, out var row))
            {
                Join(row, child);
            }
            else
            {
                folded.Add(made[likeness] = FirstOf(child));
            }
        }

        return folded;
    }

    private static (RowKind Kind, string Name, string Service, string? Group) Likeness(JourneyRow row) =>
        row.Kind == RowKind.Span ? (row.Kind, row.Facts.Name, row.Service, null) : (row.Kind, row.Topic, row.Service, row.Group);

    private static JourneyRow FirstOf(JourneyRow child)
    {
        var row = new JourneyRow
        {
            Kind = RowKind.Alike,
            Facts = child.Facts,
            StartUnixNs = child.StartUnixNs,
            EndUnixNs = child.EndUnixNs,
            Flags = RowFlags.Folded,
        };
        Join(row, child);
        return row;
    }

    private static void Join(JourneyRow row, JourneyRow child)
    {
        row.Add(child);
        row.StartUnixNs = Math.Min(row.StartUnixNs, child.StartUnixNs);
        row.EndUnixNs = Math.Max(row.EndUnixNs, child.EndUnixNs);
        row.Flags |= child.Flags & (RowFlags.Critical | RowFlags.Live | RowFlags.Send | RowFlags.Process);
    }
}

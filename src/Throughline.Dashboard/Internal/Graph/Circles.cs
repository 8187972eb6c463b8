namespace Throughline.Dashboard.Internal.Graph;

/// <summary>Finds edges that close a circle: turned around, all others lead one way.</summary>
internal static class Circles
{
    private enum Visit : byte
    {
        NotYet = 0,
        OnTheWay,
        Done,
    }

    /// <summary>For each edge, whether it leads back to a node from which its own start was reached.</summary>
    public static bool[] BackEdges(int nodes, LayoutEdge[] edges)
    {
        var isBack = new bool[edges.Length];
        var leaving = Enumerable.Range(0, edges.Length).ToLookup(at => edges[at].From);
        var state = new Visit[nodes];

        // Where something begins first: then the few edges against the flow are those that are turned around.
        var entered = edges.Where(static edge => edge.From != edge.To).Select(static edge => edge.To).ToHashSet();
        foreach (var start in Enumerable.Range(0, nodes).OrderBy(node => entered.Contains(node) ? 1 : 0))
        {
            Walk(start, edges, leaving, state, isBack);
        }

        return isBack;
    }

    /// <summary>Depth first, without recursion: a chain may be as long as there are nodes.</summary>
    private static void Walk(int start, LayoutEdge[] edges, ILookup<int, int> leaving, Visit[] state, bool[] isBack)
    {
        if (state[start] != Visit.NotYet)
        {
            return;
        }

        var way = new Stack<(int Node, IEnumerator<int> Left)>();
        Enter(start);
        while (way.TryPeek(out var top))
        {
            if (!top.Left.MoveNext())
            {
                state[top.Node] = Visit.Done;
                way.Pop();
                continue;
            }

            var to = edges[top.Left.Current].To;
            if (state[to] == Visit.OnTheWay)
            {
                isBack[top.Left.Current] = to != top.Node;
            }
            else if (state[to] == Visit.NotYet)
            {
                Enter(to);
            }
        }

        void Enter(int node)
        {
            state[node] = Visit.OnTheWay;
            way.Push((node, leaving[node].GetEnumerator()));
        }
    }
}

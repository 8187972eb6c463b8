namespace Throughline.Dashboard.Internal.Graph;

/// <summary>Which layer each node is in: behind all that lead to it, and no further from them than it must be.</summary>
internal static class Layers
{
    /// <param name="nodes">How many.</param>
    /// <param name="edges">Without circles, but for edges from a node to itself.</param>
    public static int[] Of(int nodes, LayoutEdge[] edges)
    {
        var leaving = new List<int>[nodes];
        var entering = new List<int>[nodes];
        for (var i = 0; i < nodes; i++)
        {
            (leaving[i], entering[i]) = ([], []);
        }

        foreach (var edge in edges.Where(static edge => edge.From != edge.To))
        {
            leaving[edge.From].Add(edge.To);
            entering[edge.To].Add(edge.From);
        }

        var order = InOrder(leaving, entering);
        var layers = new int[nodes];
        foreach (var node in order)
        {
            foreach (var to in leaving[node])
            {
                layers[to] = Math.Max(layers[to], layers[node] + 1);
            }
        }

        // What more leaves than enters stands right before its next: a service that only sends to the last topic is not far left.
        foreach (var node in Enumerable.Reverse(order))
        {
            if (leaving[node].Count > entering[node].Count)
            {
                layers[node] = leaving[node].Min(to => layers[to]) - 1;
            }
        }

        return layers;
    }

    /// <summary>Each node after all that lead to it.</summary>
    private static List<int> InOrder(List<int>[] leaving, List<int>[] entering)
    {
        var missing = Array.ConvertAll(entering, static from => from.Count);
        var order = new List<int>(leaving.Length);
        order.AddRange(Enumerable.Range(0, leaving.Length).Where(node => missing[node] == 0));
        for (var i = 0; i < order.Count; i++)
        {
            foreach (var to in leaving[order[i]])
            {
                if (--missing[to] == 0)
                {
                    order.Add(to);
                }
            }
        }

        return order;
    }
}

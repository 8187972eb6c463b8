using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search.Plan;

/// <summary>Rows that match any of some parts.</summary>
internal sealed class AnyOf(PlanNode[] nodes) : PlanNode
{
    public override bool MayMatch(SegmentGlance segment) => Array.Exists(nodes, node => node.MayMatch(segment));

    public override RowSet? Rows(ITermIndex index, int rows)
    {
        var any = new RowSet(rows);
        foreach (var node in nodes)
        {
            if (node.Rows(index, rows) is not { } found)
            {
                return null;
            }

            any.UnionWith(found);
        }

        return any;
    }
}

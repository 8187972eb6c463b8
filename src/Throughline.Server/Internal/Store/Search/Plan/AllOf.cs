using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search.Plan;

/// <summary>Rows that match all of some parts.</summary>
internal sealed class AllOf(PlanNode[] nodes) : PlanNode
{
    public override bool MayMatch(SegmentGlance segment) => Array.TrueForAll(nodes, node => node.MayMatch(segment));

    public override RowSet? Rows(ITermIndex index, int rows)
    {
        RowSet? all = null;
        foreach (var node in nodes)
        {
            if (node.Rows(index, rows) is not { } found)
            {
                continue;
            }

            if (all is null)
            {
                all = found;
            }
            else
            {
                all.IntersectWith(found);
            }

            if (all.IsEmpty)
            {
                break;
            }
        }

        return all;
    }
}

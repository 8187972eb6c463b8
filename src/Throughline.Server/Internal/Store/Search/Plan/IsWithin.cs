using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search.Plan;

/// <summary>Rows whose number in a column is within two, both included.</summary>
internal sealed class IsWithin(LogColumn column, byte from, byte to) : PlanNode
{
    public override bool MayMatch(SegmentGlance segment) => segment.MayContain(column, from, to);

    public override RowSet? Rows(ITermIndex index, int rows)
    {
        var found = new RowSet(rows);
        index.AddRows(column, from, to, found);
        return found;
    }
}

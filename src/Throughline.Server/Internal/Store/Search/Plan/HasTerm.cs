using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search.Plan;

/// <summary>Rows that have one of some terms.</summary>
internal sealed class HasTerm(ulong[] terms) : PlanNode
{
    public override bool MayMatch(SegmentGlance segment) => Array.Exists(terms, segment.MayContain);

    public override RowSet? Rows(ITermIndex index, int rows)
    {
        var found = new RowSet(rows);
        foreach (var term in terms)
        {
            index.AddRows(term, found);
        }

        return found;
    }
}

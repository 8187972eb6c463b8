using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search.Plan;

/// <summary>Rows that name a record of a range: a segment that has none is passed over, and in others few are looked up.</summary>
internal sealed class HasOffset(RecordRange records) : PlanNode
{
    public override bool MayMatch(SegmentGlance segment) => true;

    public override RowSet? Rows(ITermIndex index, int rows)
    {
        var found = new RowSet(rows);
        return index.TryAddRows(records, found) ? found : null;
    }
}

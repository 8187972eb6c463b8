using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search.Plan;

/// <summary>Rows of a partition with an offset within two, both included: a segment has some, or none at all.</summary>
internal sealed class HasOffset(ulong partition, long least, long greatest) : PlanNode
{
    public override bool MayMatch(SegmentGlance segment) => true;

    public override RowSet? Rows(ITermIndex index, int rows) =>
        index.MayHaveOffset(partition, least, greatest) ? null : new RowSet(rows);
}

using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search.Plan;

/// <summary>A part of a query, as far as indexes can answer it. It may let too much through, and never too little.</summary>
internal abstract class PlanNode
{
    /// <summary>What no index can answer.</summary>
    public static PlanNode Any { get; } = new AnyRow();

    /// <summary>False when a segment surely has no such row.</summary>
    public abstract bool MayMatch(SegmentGlance segment);

    /// <summary>The rows that may match; null for all.</summary>
    public abstract RowSet? Rows(ITermIndex index, int rows);

    private sealed class AnyRow : PlanNode
    {
        public override bool MayMatch(SegmentGlance segment) => true;

        public override RowSet? Rows(ITermIndex index, int rows) => null;
    }
}

using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Store;

namespace Throughline.Dashboard.Internal.Topics;

/// <summary>What the page of a topic shows.</summary>
/// <param name="Line">At a glance; null where nobody told anything.</param>
/// <param name="Heat">By partition and time.</param>
/// <param name="Groups">By group.</param>
/// <param name="Lags">How far they are behind.</param>
/// <param name="Skew">What stands out.</param>
/// <param name="Ledger">A row for each group.</param>
/// <param name="Overhead">What tracing adds; null where nobody told.</param>
/// <param name="Overwritten">Records that had a forwarder's context over, or beside, their own.</param>
/// <param name="Newest">Its newest spans, of the time shown.</param>
/// <param name="Clusters">That have a topic of this name.</param>
internal sealed record TopicView(
    TopicLine? Line,
    HeatGrid Heat,
    IReadOnlyList<LatencyRow> Groups,
    IReadOnlyList<GroupLag> Lags,
    IReadOnlyList<SkewRow> Skew,
    IReadOnlyList<LedgerRow> Ledger,
    OverheadRow? Overhead,
    double Overwritten,
    IReadOnlyList<StoredSpan> Newest,
    IReadOnlyList<string> Clusters);

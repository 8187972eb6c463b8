using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Overview;

/// <summary>What <see cref="LookFirst"/> judges by.</summary>
/// <param name="Waits">Latencies by partition.</param>
/// <param name="Slowest">The slowest first.</param>
internal sealed record OverviewAnswers(
    IReadOnlyList<LedgerRow> Ledger,
    IReadOnlyList<OrphanRow> Orphans,
    IReadOnlyList<ErrorRow> Errors,
    IReadOnlyList<LatencyRow> Waits,
    IReadOnlyList<SkewRow> Skew,
    IReadOnlyList<SlowHop> Slowest);

using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Ledger;

/// <summary>What stands behind one figure of the ledger.</summary>
/// <param name="Figure">As the ledger has it for the time shown; null where it has no such topic or group.</param>
/// <param name="Records">The latest, newest first.</param>
/// <param name="Query">Finds all spans of the kind, where spans tell; null where they do not.</param>
/// <param name="IsCutShort">For what was not seen: there was not enough time, or there were more than are looked at.</param>
internal sealed record LedgerRecords(
    LedgerFigure? Figure, IReadOnlyList<LedgerRecord> Records, string? Query, bool IsCutShort);

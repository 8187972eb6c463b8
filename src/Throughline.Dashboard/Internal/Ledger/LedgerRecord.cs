using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Ledger;

/// <summary>A record behind a figure.</summary>
/// <param name="Cell">Of which figure: a loss has several.</param>
/// <param name="Example">Where, when and why.</param>
internal sealed record LedgerRecord(LedgerCell Cell, Example Example);

namespace Throughline.Server.Internal.Analyze;

/// <summary>One cell of the ledger.</summary>
/// <param name="Cell">Which.</param>
/// <param name="Value">Records; null for unknown.</param>
/// <param name="Basis">What it is counted from.</param>
/// <param name="Certainty">How it relates to the truth.</param>
/// <param name="Verdict">What it says of records.</param>
/// <param name="Note">Where, or why it is not more certain; null where there is nothing to add.</param>
internal sealed record LedgerFigure(
    LedgerCell Cell, double? Value, LedgerBasis Basis, Certainty Certainty, Verdict Verdict, string? Note = null)
{
    public static LedgerFigure Unknown(LedgerCell cell, string why) =>
        new(cell, null, LedgerBasis.None, Certainty.Unknown, Verdict.Unknown, why);
}

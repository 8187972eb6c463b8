using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Tests.Ledger;

/// <summary>Rows of the ledger as the server would give them: whatever is not said is unknown.</summary>
internal static class Figures
{
    public static LedgerRow Row(string topic, string? group, params (LedgerCell Cell, double Value, Verdict Verdict)[] told)
    {
        var known = told.ToDictionary(one => one.Cell);
        return new LedgerRow("", topic, group, [.. Enum.GetValues<LedgerCell>().Select(cell => known.TryGetValue(cell, out var figure)
            ? new LedgerFigure(cell, figure.Value, LedgerBasis.Spans, Certainty.Exact, figure.Verdict, $"note on {cell}")
            : LedgerFigure.Unknown(cell, "nobody told"))]);
    }
}

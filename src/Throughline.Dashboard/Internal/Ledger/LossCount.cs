using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Ledger;

/// <summary>Losses of a topic, over its groups: what was never stored, or is gone, is in each group's row, and counts once.</summary>
internal static class LossCount
{
    /// <summary>Records for whose loss there is positive evidence; null where nobody told anything.</summary>
    /// <param name="rows">All of one topic.</param>
    public static double? OfTopic(IReadOnlyCollection<LedgerRow> rows)
    {
        if (rows.All(static row => row[LedgerCell.Lost].Value is null))
        {
            return null;
        }

        return rows.Max(BeforeGroups) + rows.Sum(InGroup);
    }

    /// <summary>What the group lost of what was stored.</summary>
    public static double InGroup(LedgerRow row) => Lost(row[LedgerCell.Expired]) + Lost(row[LedgerCell.Skipped]);

    /// <summary>What was lost for all groups.</summary>
    public static double BeforeGroups(LedgerRow row) => Math.Max(0, (row[LedgerCell.Lost].Value ?? 0) - InGroup(row));

    private static double Lost(LedgerFigure figure) => figure.Verdict == Verdict.Lost ? figure.Value ?? 0 : 0;
}

using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Ledger;

/// <summary>The ledger's columns: their order, their names, and what they say.</summary>
internal static class LedgerCells
{
    /// <summary>Of a topic, whoever reads it.</summary>
    public static IReadOnlyList<LedgerCell> OfTopic { get; } = [LedgerCell.Produced, LedgerCell.SendFailed, LedgerCell.Stored, LedgerCell.Gone];

    /// <summary>Of a group: what is wrong comes first.</summary>
    public static IReadOnlyList<LedgerCell> OfGroup { get; } =
    [
        LedgerCell.Lost, LedgerCell.NotSeen, LedgerCell.Fetched, LedgerCell.Processed, LedgerCell.Failed, LedgerCell.Retried,
        LedgerCell.DeadLettered, LedgerCell.Expired, LedgerCell.Skipped, LedgerCell.ProcessedTwice,
    ];

    /// <summary>Those whose records a loss is made of.</summary>
    public static IReadOnlyList<LedgerCell> OfLoss { get; } =
        [LedgerCell.SendFailed, LedgerCell.Gone, LedgerCell.Expired, LedgerCell.Skipped];

    /// <summary>As addresses have it.</summary>
    public static string NameOf(LedgerCell cell) => char.ToLowerInvariant(cell.ToString()[0]) + cell.ToString()[1..];

    /// <summary>As a heading.</summary>
    public static string TitleOf(LedgerCell cell) => cell switch
    {
        LedgerCell.SendFailed => "Send failed",
        LedgerCell.DeadLettered => "Dead-lettered",
        LedgerCell.ProcessedTwice => "Processed twice",
        LedgerCell.NotSeen => "Not seen",
        _ => cell.ToString(),
    };

    public static string MeaningOf(LedgerCell cell) => cell switch
    {
        LedgerCell.Produced => "Attempts to send.",
        LedgerCell.SendFailed => "Sends that failed: refused ones are surely not stored, others may be.",
        LedgerCell.Stored => "What the brokers have taken.",
        LedgerCell.Gone => "Acknowledged, and not there any more: the end of a partition moved back.",
        LedgerCell.Fetched => "What the group's consumers have read.",
        LedgerCell.Processed => "Processings that went well.",
        LedgerCell.Failed => "Processings that failed.",
        LedgerCell.Retried => "Records that were sent to a retry topic.",
        LedgerCell.DeadLettered => "Records that were sent to a dead-letter topic.",
        LedgerCell.Expired => "Deleted by retention before the group had read them.",
        LedgerCell.Skipped => "Passed by a commit that no member of the group made.",
        LedgerCell.ProcessedTwice => "Processed again by the same group.",
        LedgerCell.Lost => "Everything for whose loss there is positive evidence.",
        _ => "Stored, and neither processed nor failed as far as is known: not read yet, or by nobody who tells. No evidence of a loss.",
    };
}

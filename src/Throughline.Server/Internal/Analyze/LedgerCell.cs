namespace Throughline.Server.Internal.Analyze;

/// <summary>What the ledger counts of a topic and a group. The numbers are on disk.</summary>
internal enum LedgerCell : byte
{
    /// <summary>Attempts to send.</summary>
    Produced = 1,
    Stored = 2,
    Fetched = 3,
    Processed = 4,
    Failed = 5,
    Retried = 6,
    DeadLettered = 7,
    Expired = 8,
    Skipped = 9,
    ProcessedTwice = 10,

    /// <summary>Sends that failed.</summary>
    SendFailed = 11,

    /// <summary>Acknowledged, and not there any more.</summary>
    Gone = 12,

    /// <summary>Everything for whose loss there is positive evidence.</summary>
    Lost = 13,

    /// <summary>Stored, as far as is known, and neither processed nor failed, as far as is known.</summary>
    NotSeen = 14,
}

namespace Throughline.Server.Internal.Analyze;

/// <summary>What became of records whose processing failed.</summary>
/// <param name="AttemptsRepeated">Attempts repeated in place; by metrics, null where there are none.</param>
/// <param name="SentToRetry">Records that a retry topic took.</param>
/// <param name="DeadLettered">Records that a dead-letter topic took.</param>
/// <param name="Redriven">Dead letters that were sent back; by metrics, null where there are none.</param>
internal sealed record FailureRow(
    string Cluster,
    string Topic,
    string Group,
    double? AttemptsRepeated,
    LedgerFigure SentToRetry,
    LedgerFigure DeadLettered,
    double? Redriven);

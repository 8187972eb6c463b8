namespace Throughline.Kafka.Loss.Transactions;

/// <summary>What a span says that ended a transaction, or was to.</summary>
/// <param name="How">"committed", "aborted", or "failed".</param>
/// <param name="Sends">How many sends it tells of.</param>
/// <param name="Links">How many it links to.</param>
internal readonly record struct TransactionEnd(string How, int Sends, int Links);

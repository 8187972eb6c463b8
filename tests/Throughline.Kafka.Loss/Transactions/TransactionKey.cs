namespace Throughline.Kafka.Loss.Transactions;

/// <summary>One transaction of all: whose journal it is in, by which of the process's producers, and its number there.</summary>
internal readonly record struct TransactionKey(string Journal, int Producer, long Sequence);

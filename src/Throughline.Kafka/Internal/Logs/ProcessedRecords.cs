namespace Throughline.Kafka.Internal.Logs;

/// <summary>What a process scope is about: a record, or a batch and what its records have in common.</summary>
/// <param name="Topic">The topic, if there is one.</param>
/// <param name="Partition">The partition; negative for none.</param>
/// <param name="Offset">The offset; negative for none.</param>
/// <param name="BatchCount">How many records a batch has; negative for a single record.</param>
internal readonly record struct ProcessedRecords(string? Topic, int Partition, long Offset = -1, int BatchCount = -1);

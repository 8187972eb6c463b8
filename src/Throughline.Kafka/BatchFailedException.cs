using System.Text;
using Confluent.Kafka;

namespace Throughline.Kafka;

/// <summary>Some records of a batch failed, by <see cref="RecordBatch{TKey,TValue}.Fail"/>; the others are done.</summary>
public sealed class BatchFailedException : Exception
{
    private const int NamedMax = 10;

    private BatchFailedException(int batchSize, IReadOnlyList<KeyValuePair<TopicPartitionOffset, Exception>> failures)
        : base(Describe(batchSize, failures), failures[0].Value)
    {
        Failures = failures;
    }

    /// <summary><see langword="null"/> where none was named.</summary>
    internal static BatchFailedException? Of<TKey, TValue>(RecordBatch<TKey, TValue> batch)
    {
        List<KeyValuePair<TopicPartitionOffset, Exception>> failures = [];
        foreach (var record in batch)
        {
            if (batch.FailureOf(record) is { } failure)
            {
                failures.Add(new(record.TopicPartitionOffset, failure));
            }
        }

        return failures.Count == 0 ? null : new(batch.Count, failures);
    }

    /// <summary>Where the records are, and why each failed; in the batch's order.</summary>
    public IReadOnlyList<KeyValuePair<TopicPartitionOffset, Exception>> Failures { get; }

    private static string Describe(int batchSize, IReadOnlyList<KeyValuePair<TopicPartitionOffset, Exception>> failures)
    {
        var text = new StringBuilder().Append(failures.Count).Append(" of ").Append(batchSize).Append(" records failed: ");
        text.AppendJoin("; ", failures.Take(NamedMax).Select(failure => $"{failure.Key}: {failure.Value.Message}"));
        return failures.Count <= NamedMax ? text.ToString() : text.Append("; and ").Append(failures.Count - NamedMax).Append(" more").ToString();
    }
}

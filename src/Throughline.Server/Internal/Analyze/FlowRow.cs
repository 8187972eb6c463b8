namespace Throughline.Server.Internal.Analyze;

/// <summary>How many records went through a topic, or one of its partitions, at one time.</summary>
/// <param name="Partition">Only by partition; -1 where spans do not tell it.</param>
/// <param name="Time">Start of the point, Unix nanoseconds.</param>
/// <param name="Sent">Attempts to send; where only brokers tell, offsets by which the log grew. Null where nobody told.</param>
/// <param name="SentBasis">Of <paramref name="Sent"/>.</param>
/// <param name="SendFailed">Sends that failed; 0 by partition, which a failed send often has none of.</param>
/// <param name="Processed">Processings of all groups, those that failed among them; of spans, weighted.</param>
/// <param name="Failed">Processings that failed; of spans, weighted.</param>
/// <param name="Orphans">Spans about the topic that miss a parent or a creation context; 0 by partition.</param>
/// <param name="Lost">
/// Records for whose loss there is positive evidence; 0 by partition. What one point alone cannot tell, the ledger may.
/// </param>
internal sealed record FlowRow(
    string Cluster,
    string Topic,
    int? Partition,
    long Time,
    double? Sent,
    LedgerBasis SentBasis,
    double SendFailed,
    double Processed,
    double Failed,
    double Orphans,
    double Lost);

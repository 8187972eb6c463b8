namespace Throughline.Kafka;

/// <summary>How a batch of records is told.</summary>
public enum BatchSpans
{
    /// <summary>One span around the handler, which links to the context of each record, up to <see cref="KafkaTracingOptions.BatchLinksMax"/>.</summary>
    OneWithLinks,

    /// <summary>None around the handler: it opens a scope for each record, by <see cref="RecordBatch{TKey,TValue}.StartProcess"/>.</summary>
    PerRecord,
}

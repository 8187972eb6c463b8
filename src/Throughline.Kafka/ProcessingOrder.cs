namespace Throughline.Kafka;

/// <summary>Which records wait for each other when several are handled at a time.</summary>
public enum ProcessingOrder
{
    /// <summary>A partition's records are handled one after the other, in their order; partitions beside each other.</summary>
    Partition,

    /// <summary>
    /// Records with equal keys are handled one after the other, in their partition's order; others beside each other. A
    /// record without a key waits for none.
    /// </summary>
    Key,

    /// <summary>No record waits for another.</summary>
    None,
}

namespace Throughline.Server.Kill;

/// <summary>Where a server kills itself.</summary>
internal enum KillPoint
{
    /// <summary>Nowhere: the parent kills it at some moment.</summary>
    Outside = 0,

    /// <summary>The log was written, not synced.</summary>
    Append,

    /// <summary>The log was synced, nobody was told.</summary>
    Acknowledge,

    /// <summary>A segment of the log was made, its name not synced.</summary>
    SegmentRoll,

    /// <summary>A span, or a log record, was handed to the store.</summary>
    Delivery,

    /// <summary>The store was flushed, the checkpoint not written.</summary>
    Checkpoint,

    /// <summary>A segment of the log was deleted behind a checkpoint.</summary>
    Release,
}

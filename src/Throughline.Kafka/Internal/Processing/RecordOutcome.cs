namespace Throughline.Kafka.Internal.Processing;

/// <summary>How a record's handling ended.</summary>
internal enum RecordOutcome
{
    /// <summary>It was not begun, or its handler gave up because it was told to: it comes again.</summary>
    Unfinished,

    /// <summary>It need not be seen again.</summary>
    Finished,

    /// <summary>Its handler threw, and nothing took care of that.</summary>
    Failed,
}

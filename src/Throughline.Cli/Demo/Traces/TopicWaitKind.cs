namespace Throughline.Cli.Demo.Traces;

/// <summary>How well the time in the topic is known.</summary>
internal enum TopicWaitKind
{
    Measured,

    /// <summary>The consumer had the record before the producer had the acknowledgement: too short to see, taken as 0.</summary>
    TakenBeforeAcknowledged,

    /// <summary>Processing seems to begin before the send did: the clocks disagree, and the wait is unknown.</summary>
    ClockSkew,
}

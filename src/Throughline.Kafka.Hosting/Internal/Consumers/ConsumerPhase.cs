namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>Where a hosted consumer is in its life.</summary>
internal enum ConsumerPhase
{
    /// <summary>The host has not started yet.</summary>
    Starting,

    /// <summary>It consumes.</summary>
    Running,

    /// <summary>It ended by an error, and begins again after a pause.</summary>
    Pausing,

    /// <summary>It was stopped, or ended by an error.</summary>
    Ended,
}

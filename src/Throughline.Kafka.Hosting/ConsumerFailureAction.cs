namespace Throughline.Kafka.Hosting;

/// <summary>What happens when a hosted consumer's processing ends by an error. It is logged in any case, and nothing is skipped.</summary>
public enum ConsumerFailureAction
{
    /// <summary>
    /// The host is stopped, with <see cref="Environment.ExitCode"/> 1, so that whoever watches the process starts it again.
    /// </summary>
    StopHost,

    /// <summary>The consumer leaves its group and, after a pause, a new one begins with the record that failed.</summary>
    Restart,
}

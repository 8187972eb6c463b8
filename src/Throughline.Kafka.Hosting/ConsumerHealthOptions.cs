namespace Throughline.Kafka.Hosting;

/// <summary>When a hosted consumer is well.</summary>
public sealed class ConsumerHealthOptions
{
    /// <summary>
    /// Records that it may be behind the ends of its partitions, all together, before it counts as degraded; 0 or more.
    /// <see langword="null"/> (default): any number.
    /// </summary>
    /// <remarks>Counted from what the client knows already: records that it has not handed out yet.</remarks>
    public long? LagMax { get; set; }

    /// <summary>
    /// How long ago the client may have been asked for records before it counts as unhealthy; more than zero. It is asked
    /// every 100 ms, but not while a partition that is given away is drained. Default: 30 s.
    /// </summary>
    public TimeSpan PollAgeMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether it is healthy without any partition, because its group has more members than partitions by intention.
    /// <see langword="false"/> (default): it is degraded then.
    /// </summary>
    public bool MayBeSpare { get; set; }
}

namespace Throughline.Server.Internal.Brokers;

/// <summary>How clusters are asked. What is beyond a bound is left out, and the cluster's view says so.</summary>
internal sealed record WatchSettings
{
    /// <summary>From the beginning of one round of questions to the next one's.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one question waits for its answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long topics' settings are believed.</summary>
    public TimeSpan ConfigAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Groups whose offsets are asked for.</summary>
    public int GroupsMax { get; init; } = 1_000;

    /// <summary>Questions about groups at a time: each is one request to one coordinator.</summary>
    public int GroupsAtOnce { get; init; } = 8;

    /// <summary>Partitions whose offsets are asked for.</summary>
    public int PartitionsMax { get; init; } = 20_000;

    /// <summary>
    /// Partitions of which one record is read in a round, to know whether what a group has not read is a record that it could
    /// have: only where transactions may have put markers, and the group stands still. 0 for never.
    /// </summary>
    public int ProbesMax { get; init; } = 20;

    /// <summary>How long one such read waits.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(2);
}

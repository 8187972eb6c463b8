using Throughline.Testing.Internal;

namespace Throughline.Testing;

/// <summary>What an <see cref="EmbeddedBroker"/> looks like.</summary>
public sealed record EmbeddedBrokerOptions
{
    /// <summary>The most brokers that one cluster may have.</summary>
    public const int BrokersMax = 32;

    /// <summary>The most partitions that one topic may have.</summary>
    public const int PartitionsMax = 1000;

    /// <summary>The most errors that one <see cref="EmbeddedBroker.FailNext"/> may announce.</summary>
    public const int PendingErrorsMax = 10_000;

    /// <summary>The number of brokers, 1 to <see cref="BrokersMax"/>.</summary>
    public int Brokers { get; init; } = 1;

    /// <summary>
    /// Partitions of a topic for which <see cref="EmbeddedBroker.CreateTopic"/> names no number, 1 to
    /// <see cref="PartitionsMax"/>. Topics that come to be because a client asks for them always have 4.
    /// </summary>
    public int DefaultPartitions { get; init; } = 4;

    /// <summary>
    /// How long a new group's first rebalance waits for more members; whole milliseconds, 0 to one hour. The default, 0,
    /// lets a test's only consumer begin at once, where real brokers wait 3 s. Consumers need a <c>session.timeout.ms</c> above
    /// it, or the brokers give them up while they wait.
    /// </summary>
    public TimeSpan GroupInitialRebalanceDelay { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// Gets the brokers' own log, a line at a time, on their threads; null, the default, drops it. Nothing is ever written
    /// to the console.
    /// </summary>
    public Action<string>? Log { get; init; }

    internal void Validate()
    {
        Require.InRange(Brokers, 1, BrokersMax, nameof(Brokers));
        Require.InRange(DefaultPartitions, 1, PartitionsMax, nameof(DefaultPartitions));
        Require.InRange(
            GroupInitialRebalanceDelay, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(GroupInitialRebalanceDelay));
    }
}

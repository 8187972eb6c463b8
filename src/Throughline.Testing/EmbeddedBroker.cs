using Confluent.Kafka;
using Throughline.Testing.Internal;

namespace Throughline.Testing;

/// <summary>
/// A Kafka cluster inside the test's own process: librdkafka's mock brokers, which speak Kafka's protocol on loopback
/// ports of their own, so that any client, of any library and any process, can use them.
/// </summary>
/// <remarks>
/// Records live in memory: a partition keeps its newest 5 MiB.
/// Topics are made by <see cref="CreateTopic"/> or by a producer that names them (then with 4 partitions, whatever the
/// options say); requests of Kafka's Admin API (CreateTopics, DeleteTopics, DescribeGroups, …) are not answered.
/// There is no time-based retention, no compaction, no security and no quota.
/// Consumer groups, committed offsets, idempotent and transactional producers are served, with three differences: a group
/// that a member joins or leaves waits for the others until 1 s before <c>session.timeout.ms</c> is over
/// (<see cref="ConsumerConfig"/> makes that 1 s in all); offsets sent to a transaction are acknowledged and forgotten; and
/// the time of appending that a producer learns of is 1970's.
/// All members may be called from any thread.
/// </remarks>
public sealed class EmbeddedBroker : IDisposable, IAsyncDisposable
{
    private readonly MockCluster _cluster;
    private readonly EmbeddedBrokerOptions _options;

    private EmbeddedBroker(MockCluster cluster, EmbeddedBrokerOptions options)
    {
        _cluster = cluster;
        _options = options;
        BootstrapServers = cluster.BootstrapServers;
    }

    /// <summary>What clients take as <c>bootstrap.servers</c>: <c>127.0.0.1:port</c> of every broker, separated by commas.</summary>
    public string BootstrapServers { get; }

    /// <summary>The number of brokers; their ids are 1 up to this.</summary>
    public int Brokers => _options.Brokers;

    /// <summary>Starts a cluster. It is ready when this returns.</summary>
    /// <param name="options">What the cluster looks like; null for one broker.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="DllNotFoundException">librdkafka, Confluent.Kafka's native part, was not found.</exception>
    public static EmbeddedBroker Start(EmbeddedBrokerOptions? options = null)
    {
        options ??= new EmbeddedBrokerOptions();
        options.Validate();
        return new EmbeddedBroker(MockCluster.Start(options), options);
    }

    /// <summary>
    /// Settings for a consumer of these brokers: from the beginning, and with a session so short (2 s) that rebalances of its
    /// group take 1 s, where Confluent.Kafka's default session (45 s) makes every one but the first take 44 s.
    /// </summary>
    /// <param name="groupId">The consumer group.</param>
    /// <returns>Settings of the caller's own, to change at will.</returns>
    public ConsumerConfig ConsumerConfig(string groupId) => new()
    {
        BootstrapServers = BootstrapServers,
        GroupId = groupId,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        SessionTimeoutMs = 2000,
        HeartbeatIntervalMs = 200,
    };

    /// <summary>Creates a topic.</summary>
    /// <param name="name">1 to 249 letters, digits, dots, underscores and hyphens.</param>
    /// <param name="partitions">Null for <see cref="EmbeddedBrokerOptions.DefaultPartitions"/>.</param>
    /// <param name="replicationFactor">Null for one replica on each broker, three at most.</param>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    /// <exception cref="KafkaException">The topic exists (<see cref="ErrorCode.TopicAlreadyExists"/>).</exception>
    public void CreateTopic(string name, int? partitions = null, int? replicationFactor = null)
    {
        TopicName.Require(name, nameof(name));
        var partitionCount = partitions ?? _options.DefaultPartitions;
        Require.InRange(partitionCount, 1, EmbeddedBrokerOptions.PartitionsMax, nameof(partitions));
        var replicas = replicationFactor ?? Math.Min(3, Brokers);
        Require.InRange(replicas, 1, Brokers, nameof(replicationFactor));
        _cluster.CreateTopic(name, partitionCount, replicas);
    }

    /// <summary>
    /// Makes the next requests of one kind fail, one request for each error, in this order, whichever broker they reach.
    /// </summary>
    /// <param name="request">Which requests.</param>
    /// <param name="errors">
    /// Errors of Kafka's protocol; <see cref="ErrorCode.NoError"/> lets a request pass,
    /// <see cref="ErrorCode.Local_Transport"/> closes the client's connection instead of answering.
    /// </param>
    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public void FailNext(KafkaRequest request, params ReadOnlySpan<ErrorCode> errors)
    {
        Require.Defined(request, nameof(request));
        Require.InRange(errors.Length, 1, EmbeddedBrokerOptions.PendingErrorsMax, nameof(errors));
        foreach (var error in errors)
        {
            Require.ProtocolError(error, nameof(errors));
        }

        _cluster.PushErrors(request, errors);
    }

    /// <summary>Forgets what <see cref="FailNext"/> has announced for this kind of request and not yet done.</summary>
    /// <param name="request">Which requests.</param>
    /// <exception cref="ArgumentException">The value is not one of <see cref="KafkaRequest"/>.</exception>
    public void ClearFailures(KafkaRequest request)
    {
        Require.Defined(request, nameof(request));
        _cluster.ClearErrors(request);
    }

    /// <summary>Closes a broker's connections and refuses new ones, until <see cref="BringUp"/>; leaders stay as they are.</summary>
    /// <param name="broker">1 up to <see cref="Brokers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such broker.</exception>
    public void TakeDown(int broker)
    {
        Require.InRange(broker, 1, Brokers, nameof(broker));
        _cluster.SetDown(broker);
    }

    /// <summary>Lets a broker accept connections again, on the same port and with the same records.</summary>
    /// <param name="broker">1 up to <see cref="Brokers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such broker.</exception>
    public void BringUp(int broker)
    {
        Require.InRange(broker, 1, Brokers, nameof(broker));
        _cluster.SetUp(broker);
    }

    /// <summary>Delays a broker's answers so that a request takes at least this long.</summary>
    /// <param name="broker">1 up to <see cref="Brokers"/>.</param>
    /// <param name="roundTrip">Whole milliseconds, 0 to one hour; 0 ends the delay.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such broker, or the time is out of range.</exception>
    public void SetRoundTripTime(int broker, TimeSpan roundTrip)
    {
        Require.InRange(broker, 1, Brokers, nameof(broker));
        Require.InRange(roundTrip, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(roundTrip));
        _cluster.SetRoundTripTime(broker, roundTrip);
    }

    /// <summary>Stops every broker, closes its ports and ends its threads before it returns. More calls do nothing.</summary>
    public void Dispose() => _cluster.Dispose();

    /// <summary><see cref="Dispose"/> on a pool thread, for it waits until the brokers' threads have ended.</summary>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));
}

using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Tests.Analyze;
using Throughline.TestServers;

[assembly: AssemblyFixture(typeof(OneNodeKafka))]

namespace Throughline.Server.Tests.Brokers;

/// <summary>Apache Kafka, somebody who watches it, and what a team does to its topics.</summary>
public abstract class KafkaWatch(OneNodeKafka kafka) : KafkaSuite(kafka)
{
    private const int LoadingAttemptsMax = 100;

    private static readonly TimeSpan LoadingPause = TimeSpan.FromMilliseconds(200);

    private ClusterClient? _client;

    private protected AnalysisRun Run { get; } = new();

    public override async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        Run.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected ClusterSettings Settings() =>
        new("test", new Dictionary<string, string> { [ClusterSettings.BootstrapServers] = BootstrapServers });

    private protected IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();

    private protected Task<ClusterView> AskAsync() =>
        (_client ??= new ClusterClient(Settings(), new WatchSettings { ProbesMax = 1000 }, Run.Clock)).AskAsync(default);

    /// <summary>A minute later.</summary>
    private protected async Task<ClusterView> SeeAsync()
    {
        Run.Clock.Pass(TimeSpan.FromMinutes(1));
        var view = await AskAsync();
        Run.Analyses.Take(Settings(), view);
        return view;
    }

    private protected LedgerRow Row(string topic, string? group) => Assert.Single(
        Run.Shown().Answers.Ledger(Run.LastHour with { Topic = topic, Group = group }, default).Rows);

    private protected void Produce(string topic, int count)
    {
        using var producer = new ProducerBuilder<string, string>(ProducerConfig()).Build();
        for (var i = 0; i < count; i++)
        {
            producer.Produce(new TopicPartition(topic, 0), new() { Key = $"{i % 3}", Value = "x" });
        }

        producer.Flush(TimeSpan.FromSeconds(30));
    }

    /// <summary>As a member of the group, which it leaves.</summary>
    private protected void ReadAsMember(string topic, string group, int count)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(ConsumerConfig(group)).Build();
        consumer.Subscribe(topic);
        for (var i = 0; i < count; i++)
        {
            Assert.NotNull(consumer.Consume(TimeSpan.FromSeconds(30)));
        }

        consumer.Commit();
        consumer.Close();
    }

    /// <summary>As a consumer that reads by itself: the group never has members.</summary>
    private protected void Commit(string topic, string group, long offset)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(ConsumerConfig(group)).Build();
        consumer.Assign(new TopicPartition(topic, 0));
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                consumer.Commit([new TopicPartitionOffset(topic, 0, offset)]);
                return;
            }
            catch (KafkaException e) when (IsLoading(e.Error) && attempt < LoadingAttemptsMax)
            {
                Thread.Sleep(LoadingPause);
            }
        }
    }

    private protected async Task MoveAsync(string topic, string group, long offset)
    {
        using var admin = Admin();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await admin.AlterConsumerGroupOffsetsAsync([new(group, [new TopicPartitionOffset(topic, 0, offset)])]);
                return;
            }
            catch (KafkaException e) when (IsLoading(e.Error) && attempt < LoadingAttemptsMax)
            {
                await Task.Delay(LoadingPause);
            }
        }
    }

    /// <summary>A broker that has only just started reads its groups yet.</summary>
    private static bool IsLoading(Error error) => error.Code is ErrorCode.GroupLoadInProgress or ErrorCode.GroupCoordinatorNotAvailable;

    private protected async Task DeleteRecordsAsync(string topic, long before)
    {
        using var admin = Admin();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(topic, 0, before)]);
    }

    private protected static async Task CreatedAgainAsync(IAdminClient admin, string topic)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 1, ReplicationFactor = 1 }]);
                return;
            }
            catch (CreateTopicsException) when (attempt < 200)
            {
                // Its deletion is under way.
                await Task.Delay(20);
            }
        }
    }
}

using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Throughline.Cli.Demo.Kafka;

/// <summary>The user's Kafka, with topics and groups of this run's own, all deleted at the end.</summary>
internal sealed class RealKafka : IDemoKafka
{
    private const int Partitions = 3;
    private static readonly TimeSpan DeleteTimeout = TimeSpan.FromSeconds(5);

    private readonly IAdminClient _admin;

    private RealKafka(IAdminClient admin, DemoTopic topic) => (_admin, Topic) = (admin, topic);

    public DemoTopic Topic { get; }

    public string Description => $"{Topic.BootstrapServers}, topic {Topic.Name}";

    /// <summary>Reaches the cluster and creates the topics.</summary>
    public static async Task<RealKafka> ConnectAsync(string bootstrapServers, TimeSpan timeout)
    {
        // Records of an earlier run, or of the user's own order service, must not count: a new name each time.
        var run = Guid.NewGuid().ToString("N")[..6];
        var topic = new DemoTopic(bootstrapServers, $"order-events-{run}", $"notification-service-{run}") { Run = $"-{run}" };
        var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers })
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build();
        try
        {
            await admin.CreateTopicsAsync(
                topic.AllTopics.Select(name => new TopicSpecification { Name = name, NumPartitions = Partitions }),
                new CreateTopicsOptions { RequestTimeout = timeout, OperationTimeout = timeout });
            return new RealKafka(admin, topic);
        }
        catch (KafkaException error)
        {
            admin.Dispose();
            var reason = error is CreateTopicsException { Results: [var result, ..] } ? result.Error.Reason : error.Error.Reason;
            throw new CommandException(
                ExitCodes.Unreachable, $"could not create topic {topic.Name} at {bootstrapServers}: {reason}", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await TryAsync(() => _admin.DeleteTopicsAsync(Topic.AllTopics, new DeleteTopicsOptions { RequestTimeout = DeleteTimeout }));
        await TryAsync(() => _admin.DeleteGroupsAsync([.. Topic.AllGroups], new DeleteGroupsOptions { RequestTimeout = DeleteTimeout }));
        _admin.Dispose();
    }

    /// <summary>Who may create a topic may not always delete it, and a run that ended early has no group: neither is an error now.</summary>
    private static async Task TryAsync(Func<Task> delete)
    {
        try
        {
            await delete();
        }
        catch (KafkaException)
        {
        }
    }
}

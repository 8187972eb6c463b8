namespace Throughline.Cli.Demo.Kafka;

/// <summary>Where the demo's records go.</summary>
internal sealed record DemoTopic(string BootstrapServers, string Name, string Group)
{
    private const string Billing = "billing";
    private const string Audit = "audit";

    /// <summary>What keeps this run's groups apart from those of others on the same Kafka; empty where there are none.</summary>
    public string Run { get; init; } = "";

    /// <summary>What the consumers are configured with besides, as the samples' KAFKA_CONFIG; null for nothing.</summary>
    public string? ConsumerConfig { get; init; }

    public string BillingGroup => Billing + Run;

    public string AuditGroup => Audit + Run;

    /// <summary>Where billing's records wait for their next attempt: as the service itself names it.</summary>
    public string RetryTopic => $"{Name}.{Billing}.retry";

    /// <summary>Where those end that billing cannot charge.</summary>
    public string DeadLetterTopic => $"{Name}.{Billing}.dead";

    public IReadOnlyList<string> AllTopics => [Name, RetryTopic, DeadLetterTopic];

    public IReadOnlyList<string> AllGroups => [Group, BillingGroup, AuditGroup];
}

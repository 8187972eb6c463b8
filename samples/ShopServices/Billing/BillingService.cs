using System.Text.Json;
using Confluent.Kafka;
using Throughline.Kafka;
using Throughline.Kafka.Hosting;

namespace ShopServices.Billing;

/// <summary>A hosted consumer: partitions at the same time, each in order, so that whoever is behind a slow card waits for it.</summary>
internal static class BillingService
{
    private const int Workers = 8;
    private const int AttemptsMax = 2;
    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    public static void AddTo(IServiceCollection services, ShopSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<CardGateway>();
        services.AddThroughlineKafka()
            .ConfigureAll(client => Configure(client, settings))
            .AddConsumer<string, byte[], ChargeCard>("billing", billing => Configure(billing, settings));
        services.AddHealthChecks().AddThroughlineKafka();
    }

    private static void Configure(ClientConfig client, ShopSettings settings)
    {
        client.BootstrapServers = settings.KafkaBrokers;
        client.ClientId = "billing";
    }

    private static void Configure(KafkaConsumerOptions billing, ShopSettings settings)
    {
        foreach (var (name, value) in settings.KafkaConfig)
        {
            billing.Client.Set(name, value);
        }

        billing.Topics.Add(settings.Topic);
        billing.Client.GroupId = settings.Group;
        billing.Client.AutoOffsetReset = AutoOffsetReset.Earliest;
        billing.Processing.Workers = Workers;
        billing.Processing.Retry = new RetryOptions { AttemptsMax = AttemptsMax, BackoffInitial = Backoff, ShouldRetry = MayPass };
        var failures = billing.RouteFailures();
        failures.RetryTopics.Add(new RetryTopic(settings.RetryTopic, RetryDelay));
        failures.DeadLetterTopic = settings.DeadLetterTopic;
        failures.IsPermanent = error => !MayPass(error);
    }

    private static bool MayPass(Exception error) => error is not (CardDeclinedException or JsonException);
}

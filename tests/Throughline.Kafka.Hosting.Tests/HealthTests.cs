using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Throughline.Testing;
using Throughline.TestServers;

namespace Throughline.Kafka.Hosting.Tests;

/// <summary>What is told of hosted clients' health.</summary>
public sealed class HealthTests(EmbeddedKafka kafka) : HostSuite(kafka)
{
    private readonly Handled _handled = new();

    [Fact]
    public async Task Consumer_becomes_healthy_when_its_group_has_given_it_partitions_and_ends_unhealthy()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        var group = KafkaFixture.Unique();
        using var host = Orders(OrdersApplication(null, topic, group)).Build();
        var before = await OrdersOf(host);
        Assert.Equal((HealthStatus.Unhealthy, true), (before.Status, before.Description!.EndsWith(" has not started yet.", StringComparison.Ordinal)));

        await host.StartAsync(Cancelled);
        var running = await UntilAsync(host, HealthStatus.Healthy);
        Assert.StartsWith(
            $"Consumer 'orders' (group '{group}'; {topic}) has 2 partitions, is 0 records behind, asked for records ", running.Description, StringComparison.Ordinal);
        Assert.Equal((2, 0L), ((int)running.Data["partitions"], (long)running.Data["records_behind"]));

        await host.StopAsync(Cancelled);
        var after = await OrdersOf(host);
        Assert.Equal((HealthStatus.Unhealthy, true), (after.Status, after.Description!.EndsWith(" has been stopped.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Consumer_that_is_behind_is_degraded_until_it_has_caught_up()
    {
        var topic = await CreateTopicAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handled.Work = (_, _) => release.Task;
        Send(topic, 10);
        using var host = Orders(OrdersApplication(null, topic), orders =>
        {
            orders.Processing.InFlightMax = 1;
            orders.Health.LagMax = 5;
        }).Build();
        await host.StartAsync(Cancelled);
        var behind = await UntilAsync(host, HealthStatus.Degraded, "behind");
        Assert.EndsWith(" has 1 partition, is 9 records behind; allowed: 5 records (Health:LagMax).", behind.Description, StringComparison.Ordinal);
        release.SetResult();
        await UntilAsync(host, HealthStatus.Healthy);
        await host.StopAsync(Cancelled);
    }

    [Theory]
    [InlineData(false, HealthStatus.Degraded)]
    [InlineData(true, HealthStatus.Healthy)]
    public async Task Member_without_a_partition_is_degraded_unless_it_may_be_spare(bool mayBeSpare, HealthStatus expected)
    {
        var topic = await CreateTopicAsync();
        var group = KafkaFixture.Unique(mayBeSpare ? "spare" : "surplus");
        using var first = Orders(OrdersApplication(null, topic, group), Spare).Build();
        using var second = Orders(OrdersApplication(null, topic, group), Spare).Build();
        await first.StartAsync(Cancelled);
        await UntilAsync(first, HealthStatus.Healthy, "has 1 partition");
        await second.StartAsync(Cancelled);
        var spare = await UntilAsync([first, second], expected, "has no partition");
        Assert.EndsWith(
            " has no partition: its group has more members than partitions, or its topics do not exist (Health:MayBeSpare).",
            spare.Description,
            StringComparison.Ordinal);
        await Task.WhenAll(first.StopAsync(Cancelled), second.StopAsync(Cancelled));

        void Spare(KafkaConsumerOptions orders) => orders.Health.MayBeSpare = mayBeSpare;
    }

    [Fact]
    public async Task Consumer_that_does_not_poll_is_unhealthy()
    {
        var topic = await CreateTopicAsync();
        var application = OrdersApplication(null, topic);
        using var stuck = new ManualResetEventSlim();
        Orders(application, orders => orders.Health.PollAgeMax = TimeSpan.FromMilliseconds(300), (_, client) =>
            client.SetPartitionsAssignedHandler((_, _) => stuck.Wait(Patience)));
        using var host = application.Build();
        await host.StartAsync(Cancelled);
        var silent = await UntilAsync(host, HealthStatus.Unhealthy, "has not asked for records for ");
        Assert.EndsWith(" s; allowed: 0.3 s (Health:PollAgeMax).", silent.Description, StringComparison.Ordinal);
        stuck.Set();
        await UntilAsync(host, HealthStatus.Healthy);
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Clients_without_a_broker_are_unhealthy_until_it_is_back_and_log_it()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");
        var log = new LogBook();
        var application = OrdersApplication(log, "orders");
        application.Configuration["Kafka:BootstrapServers"] = broker.BootstrapServers;
        application.Configuration["Kafka:Client:reconnect.backoff.max.ms"] = "100";
        application.Configuration["Kafka:Consumers:orders:Client:session.timeout.ms"] = "30000";
        using var host = Orders(application).Build();
        await host.StartAsync(Cancelled);
        await UntilAsync(host, HealthStatus.Healthy);
        broker.TakeDown(1);
        var away = await UntilAsync(host, HealthStatus.Unhealthy);
        Assert.EndsWith($" reaches no broker of {broker.BootstrapServers}.", away.Description, StringComparison.Ordinal);
        Assert.Equal("Producer 'default' reaches no broker.", (await UntilAsync([host], HealthStatus.Unhealthy, "", "kafka-producer-default")).Description);
        broker.BringUp(1);
        await UntilAsync(host, HealthStatus.Healthy);
        await UntilAsync([host], HealthStatus.Healthy, "", "kafka-producer-default");
        await host.StopAsync(Cancelled);
        Assert.Contains(log.Lines, line => line is { Category: "Throughline.Kafka.Consumers.orders", Level: LogLevel.Warning }
            && line.Text.StartsWith("Local_AllBrokersDown: ", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Category == "Throughline.Kafka.Producers.default" && line.Text.StartsWith("FAIL: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Consumer_that_failed_says_of_what()
    {
        var topic = await CreateTopicAsync();
        _handled.Work = (_, _) => throw new FormatException("no order");
        Send(topic, 1);
        using var host = Orders(OrdersApplication(null, topic), orders =>
        {
            orders.FailureAction = ConsumerFailureAction.Restart;
            orders.RestartPauseInitial = orders.RestartPauseMax = TimeSpan.FromHours(1);
        }).Build();
        await host.StartAsync(Cancelled);
        var failed = await UntilAsync(host, HealthStatus.Unhealthy, "ended");
        Assert.EndsWith(
            $" ended by an error and begins again after a pause: FormatException: no order (at {topic} [[0]] @0).",
            failed.Description,
            StringComparison.Ordinal);
        await host.StopAsync(Cancelled);
    }

    private static async Task<HealthReportEntry> OrdersOf(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancelled)).Entries["kafka-consumer-orders"];

    private static Task<HealthReportEntry> UntilAsync(IHost host, HealthStatus status, string text = "") => UntilAsync([host], status, text);

    private static async Task<HealthReportEntry> UntilAsync(
        IHost[] hosts, HealthStatus status, string text, string check = "kafka-consumer-orders")
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            HealthReportEntry entry = default;
            foreach (var host in hosts)
            {
                var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancelled);
                entry = report.Entries[check];
                if (entry.Status == status && entry.Description!.Contains(text, StringComparison.Ordinal))
                {
                    return entry;
                }
            }

            Assert.True(waited.Elapsed < Patience, $"It was not {status} in time, but {entry.Status}: {entry.Description}");
            await Task.Delay(10, Cancelled);
        }
    }

    private HostApplicationBuilder Orders(
        HostApplicationBuilder application,
        Action<KafkaConsumerOptions>? configure = null,
        Action<IServiceProvider, TracingConsumerBuilder<string, string>>? build = null)
    {
        application.Services.AddSingleton(_handled).AddScoped<ScopedUnit>();
        application.Services.AddHealthChecks().AddThroughlineKafka();
        application.Services.AddThroughlineKafka()
            .AddProducer<string, string>()
            .AddConsumer<string, string, OrderHandler>("orders", configure ?? (_ => { }), build);
        return application;
    }
}

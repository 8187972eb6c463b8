using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Throughline.TestServers;

namespace Throughline.Kafka.Hosting.Tests;

/// <summary>Settings from a configuration: taken over, or refused by their whole key.</summary>
public sealed class SettingsTests(EmbeddedKafka kafka) : HostSuite(kafka)
{
    private const string Orders = "Kafka:Consumers:orders";

    [Theory]
    [InlineData(Orders + ":Proccessing:Workers", "4", "Kafka:Consumers:orders:Proccessing is not known (did you mean Processing?); allowed: BootstrapServers, Client, Group, ")]
    [InlineData(Orders + ":Processing:Workers", "many", "Kafka:Consumers:orders:Processing:Workers is 'many'; allowed: a whole number.")]
    [InlineData(Orders + ":Processing:Workers", "0", "Kafka:Consumers:orders:Processing:Workers is 0; allowed: 1 to 10000.")]
    [InlineData(Orders + ":Processing:Order", "Random", "Kafka:Consumers:orders:Processing:Order is 'Random'; allowed: Partition, Key, None.")]
    [InlineData(Orders + ":Processing:DrainTimeout", "10", "Kafka:Consumers:orders:Processing:DrainTimeout is '10'; allowed: hours:minutes:seconds, such as 00:00:10 or 00:00:00.5.")]
    [InlineData(Orders + ":Processing", "fast", "Kafka:Consumers:orders:Processing is 'fast'; allowed: keys below it (Workers, ")]
    [InlineData(Orders + ":Group:Name", "g", "Kafka:Consumers:orders:Group has keys below it (Name); allowed: one value.")]
    [InlineData(Orders + ":Health:LagMax", "-1", "Kafka:Consumers:orders:Health:LagMax is -1; allowed: 0 to ")]
    [InlineData(Orders + ":Tracing:Capture:ValueBytesMax", "1", "Kafka:Consumers:orders:Tracing:Capture:ValueBytesMax is 1; allowed: 16 to 32768.")]
    [InlineData(Orders + ":Processing:Retry:AttemptsMax", "0", "Kafka:Consumers:orders:Processing:Retry:AttemptsMax is 0; allowed: 1 or more.")]
    [InlineData(Orders + ":Processing:Failures:SendBackoff", "00:00:01", "Kafka:Consumers:orders:Processing:Failures:RetryTopics is empty and DeadLetterTopic null; allowed: one of them.")]
    [InlineData(Orders + ":Processing:Failures:RetryTopics:0:Delay", "00:00:01", "Kafka:Consumers:orders:Processing:Failures:RetryTopics:0:Name is not set; allowed: a topic's name.")]
    [InlineData(Orders + ":Batch:SizeMax", "10", "Kafka:Consumers:orders:Batch is set, but the consumer takes records one by one.")]
    [InlineData("Kafka:Tracing:PollSpans", "on", "Kafka:Tracing:PollSpans is 'on'; allowed: true, false.")]
    [InlineData("Kafka:Clients:linger.ms", "5", "Kafka:Clients is not known (did you mean Client?); allowed: BootstrapServers, Client, Tracing, Producers, Consumers.")]
    [InlineData("Kafka:Client:securty.protocol", "ssl", "Kafka:Client:securty.protocol is no setting of the client (did you mean security.protocol?).")]
    [InlineData(Orders + ":Client:auto.offset.reset", "erliest", "Kafka:Consumers:orders:Client:auto.offset.reset is 'erliest', which the client refuses: ")]
    public async Task Wrong_setting_fails_the_start_and_is_named_by_its_key(string key, string value, string problem)
    {
        var error = await Refused(OrdersWith((key, value)));
        Assert.StartsWith(problem, Assert.Single(error.Problems), StringComparison.Ordinal);
        Assert.Contains(error.Problems[0], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var application = Application(
            null,
            ("Kafka:Consumers:orders:Client:sesion.timeout.ms", "6000"),
            ("Kafka:Consumers:orders:Client:fetch.min.bytes", "none"),
            ("Kafka:BootstrapServers", BootstrapServers),
            ("Kafka:Consumers:orders:Group", "g"),
            ("Kafka:Consumers:orders:Topics", "t"),
            ("Kafka:Consumers:bills:Processing:Workers", "x"),
            ("Kafka:Producers:default:Client:acks", "some"));
        application.Services.AddSingleton(new Handled()).AddScoped<ScopedUnit>().AddThroughlineKafka()
            .AddProducer<string, string>()
            .AddConsumer<string, string, OrderHandler>("orders")
            .AddConsumer<string, string, OrderHandler>("bills");
        var error = await Refused(application);
        Assert.Equal(
            [
                "Kafka:Consumers:bills:Group is not set; allowed: the consumer group's name.",
                "Kafka:Consumers:bills:Processing:Workers is 'x'; allowed: a whole number.",
                "Kafka:Consumers:bills:Topics is not set; allowed: one topic or several, or patterns that begin with ^.",
                "Kafka:Consumers:orders:Client:fetch.min.bytes is 'none', which the client refuses: ",
                "Kafka:Consumers:orders:Client:sesion.timeout.ms is no setting of the client (did you mean session.timeout.ms?).",
                "Kafka:Producers:default:Client:acks is 'some', which the client refuses: ",
            ],
            error.Problems.Order(StringComparer.Ordinal).Select(problem =>
                problem.Contains("refuses: ", StringComparison.Ordinal) ? problem[..(problem.IndexOf("refuses: ", StringComparison.Ordinal) + 9)] : problem));
    }

    [Fact]
    public async Task Settings_that_contradict_each_other_are_all_named()
    {
        var error = await Refused(OrdersWith(
            ("Kafka:Consumers:orders:Client:max.poll.interval.ms", "3000"), ("Kafka:Consumers:orders:Client:session.timeout.ms", "6000")));
        Assert.Contains(error.Problems, problem => problem.StartsWith("Kafka:Consumers:orders:Client:max.poll.interval.ms is '3000', ", StringComparison.Ordinal));
        Assert.Contains(error.Problems, problem => problem.StartsWith("Kafka:Consumers:orders:Client:session.timeout.ms is '6000', ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secret_is_not_told_even_where_its_key_is_misspelt()
    {
        var error = await Refused(OrdersWith(("Kafka:Client:sasl.pasword", "hush"), ("Kafka:Client:sasl.mechanism", "x")));
        Assert.DoesNotContain("hush", error.Message, StringComparison.Ordinal);
        Assert.Contains("Kafka:Client:sasl.pasword is no setting of the client (did you mean sasl.password?).", error.Problems);
    }

    [Fact]
    public async Task Value_that_the_program_set_is_not_blamed_on_the_configuration()
    {
        var application = Application(null, ("Kafka:BootstrapServers", BootstrapServers), ("Kafka:Producers:default:Client:acks", "all"));
        application.Services.AddThroughlineKafka().AddProducer<string, string>(configure: producer => producer.Client.Set("acks", "some"));
        Assert.StartsWith(
            "Kafka:Producers:default:Client:acks (set by the program) is 'some', ",
            Assert.Single((await Refused(application)).Problems),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_servers_are_asked_for_and_the_program_may_say_them()
    {
        var application = Application(null);
        application.Services.AddThroughlineKafka().AddProducer<string, string>();
        Assert.Equal(
            ["Kafka:BootstrapServers is not set; allowed: host:port, several separated by commas."], (await Refused(application)).Problems);

        var told = Application(null);
        told.Services.AddThroughlineKafka().ConfigureAll(client => client.BootstrapServers = BootstrapServers).AddProducer<string, string>();
        using var host = told.Build();
        await host.StartAsync(Cancelled);
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Own_settings_come_before_shared_ones_and_the_programs_before_the_configurations()
    {
        KafkaConsumerOptions? read = null;
        var application = OrdersWith(
            options =>
            {
                read = options;
                options.Processing.Workers = 3;
            },
            ("Kafka:Client:FETCH_MIN_BYTES", "2"),
            ("Kafka:Client:check.crcs", "true"),
            ("Kafka:Consumers:orders:Client:fetch.min.bytes", "1"),
            ("Kafka:Tracing:PollSpans", "true"),
            ("Kafka:Tracing:Capture:HeadersIncluded", "tenant, shop-*"),
            ("Kafka:Consumers:orders:Tracing:Capture:HeadersIncluded:0", "region"),
            ("Kafka:Consumers:orders:Tracing:Correlation", "link"),
            ("Kafka:Consumers:orders:Processing:Workers", "2"),
            ("Kafka:Consumers:orders:Processing:Order", "Key"),
            ("Kafka:Consumers:orders:Topics:0", "orders"),
            ("Kafka:Consumers:orders:Topics:1", "^returns.*"));
        using var host = application.Build();
        await host.StartAsync(Cancelled);
        await host.StopAsync(Cancelled);
        Assert.Equal((1, true), (read!.Client.FetchMinBytes, read.Client.CheckCrcs));
        Assert.True(read.Tracing.PollSpans);
        Assert.Equal(["tenant", "shop-*", "region"], read.Tracing.Capture.HeadersIncluded);
        Assert.Equal((ProcessCorrelation.Link, 3, ProcessingOrder.Key), (read.Tracing.Correlation, read.Processing.Workers, read.Processing.Order));
        Assert.Equal(["orders", "^returns.*"], read.Topics);
    }

    [Fact]
    public async Task Configured_client_that_nobody_added_is_warned_about()
    {
        var log = new LogBook();
        var application = Application(log, ("Kafka:BootstrapServers", BootstrapServers), ("Kafka:Producers:ordres:FlushTimeout", "00:00:01"));
        application.Services.AddThroughlineKafka().AddProducer<string, string>("orders");
        using var host = application.Build();
        await host.StartAsync(Cancelled);
        await host.StopAsync(Cancelled);
        Assert.StartsWith(
            "Kafka:Producers:ordres (did you mean orders?) is configured, but no client of that name was added",
            Assert.Single(log.Lines, line => line is { Category: "Throughline.Kafka", Level: LogLevel.Warning }).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_clients_of_one_name_are_refused()
    {
        var clients = new ServiceCollection().AddThroughlineKafka().AddProducer<string, string>("orders");
        Assert.Throws<ArgumentException>(() => clients.AddProducer<string, byte[]>("Orders"));
    }

    private static async Task<KafkaSettingsException> Refused(HostApplicationBuilder application)
    {
        using var host = application.Build();
        return await Assert.ThrowsAsync<KafkaSettingsException>(() => host.StartAsync(Cancelled));
    }

    private HostApplicationBuilder OrdersWith(params ReadOnlySpan<(string Key, string Value)> settings) => OrdersWith(null, settings);

    private HostApplicationBuilder OrdersWith(
        Action<KafkaConsumerOptions>? configure, params ReadOnlySpan<(string Key, string Value)> settings)
    {
        var all = new Dictionary<string, string>
        {
            ["Kafka:BootstrapServers"] = BootstrapServers,
            ["Kafka:Consumers:orders:Group"] = "g",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var application = Application(null, [.. all.Select(pair => (pair.Key, pair.Value))]);
        application.Services.AddSingleton(new Handled()).AddScoped<ScopedUnit>().AddThroughlineKafka()
            .AddConsumer<string, string, OrderHandler>("orders", options =>
            {
                if (options.Topics.Count == 0)
                {
                    options.Topics.Add("t");
                }

                configure?.Invoke(options);
            });
        return application;
    }
}

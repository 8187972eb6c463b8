using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Throughline.TestServers;

namespace Throughline.Kafka.Hosting.Tests;

/// <summary>Clients from the container, and clients made while the host runs.</summary>
public sealed class ClientTests(EmbeddedKafka kafka) : HostSuite(kafka)
{
    [Fact]
    public async Task Producers_come_from_the_container_by_their_name_or_as_the_first_of_their_types()
    {
        var application = Application(null, ("Kafka:BootstrapServers", BootstrapServers), ("Kafka:Producers:bills:Client:client.id", "billing"));
        application.Services.AddThroughlineKafka()
            .AddProducer<string, string>("orders")
            .AddProducer<string, string>("bills")
            .AddProducer<string, byte[]>("raw");
        using var host = application.Build();
        await host.StartAsync(Cancelled);
        var services = host.Services;
        var orders = services.GetRequiredKeyedService<IProducer<string, string>>("orders");
        Assert.Same(orders, services.GetRequiredService<IProducer<string, string>>());
        Assert.Same(orders, services.GetRequiredService<TracingProducer<string, string>>());
        Assert.StartsWith("billing#", services.GetRequiredKeyedService<IProducer<string, string>>("bills").Name, StringComparison.Ordinal);
        Assert.NotNull(services.GetRequiredService<IProducer<string, byte[]>>());
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task What_was_sent_is_delivered_before_the_host_has_stopped()
    {
        var topic = await CreateTopicAsync();
        var application = Application(null, ("Kafka:BootstrapServers", BootstrapServers), ("Kafka:Producers:default:Client:linger.ms", "2000"));
        application.Services.AddThroughlineKafka().AddProducer<string, string>();
        using (var host = application.Build())
        {
            await host.StartAsync(Cancelled);
            var producer = host.Services.GetRequiredService<IProducer<string, string>>();
            producer.Produce(topic, new Message<string, string> { Key = "k", Value = "late" });
            await host.StopAsync(Cancelled);
        }

        Assert.Equal("late", First(topic));
    }

    [Fact]
    public async Task What_cannot_be_delivered_in_time_is_told_once_as_lost()
    {
        var log = new LogBook();
        var application = Application(
            log, ("Kafka:BootstrapServers", "127.0.0.1:1"), ("Kafka:Producers:default:FlushTimeout", "00:00:00.050"));
        application.Services.AddThroughlineKafka().AddProducer<string, string>();
        using var host = application.Build();
        await host.StartAsync(Cancelled);
        host.Services.GetRequiredService<IProducer<string, string>>().Produce("t", new Message<string, string> { Key = "k", Value = "v" });
        await host.StopAsync(Cancelled);
        Assert.Equal(
            "1 records (or reports of them) were not delivered within 00:00:00.0500000 of the host's stop: they are lost",
            Assert.Single(log.Lines, line => line is { Category: "Throughline.Kafka.Producers.default", Level: LogLevel.Error } && line.Text.Contains("lost", StringComparison.Ordinal)).Text);
    }

    [Fact]
    public async Task Clients_made_while_the_host_runs_have_its_settings_and_end_with_it()
    {
        var topic = await CreateTopicAsync();
        var group = KafkaFixture.Unique();
        var application = OrdersApplication(null, topic, group);
        application.Configuration["Kafka:Producers:tenant:Client:linger.ms"] = "2000";
        application.Services.AddThroughlineKafka();
        var host = application.Build();
        await host.StartAsync(Cancelled);
        var clients = host.Services.GetRequiredService<IKafkaClients>();
        clients.CreateProducer<string, string>("short-lived").Dispose();
        var producer = clients.CreateProducer<string, string>("tenant");
        producer.Produce(topic, new Message<string, string> { Key = "k", Value = "of a tenant" });
        using var stop = new CancellationTokenSource(Patience);
        var consumer = clients.CreateConsumer<string, string>("orders");
        producer.Flush(Patience);
        await consumer.ProcessAsync((record, _) => record.Message.Value == "of a tenant" ? stop.CancelAsync() : Task.CompletedTask, stop.Token);

        producer.Produce(topic, new Message<string, string> { Key = "k", Value = "left behind" });
        await host.StopAsync(Cancelled);
        host.Dispose();
        Assert.Throws<ObjectDisposedException>(() => producer.Flush(TimeSpan.Zero));
        Assert.Throws<ObjectDisposedException>(() => consumer.Consume(TimeSpan.Zero));
        Assert.Equal([1], Committed(group, topic));
        Assert.Equal("left behind", First(topic, offset: 1));
    }

    [Fact]
    public async Task Wrong_setting_of_a_client_made_while_the_host_runs_is_named_by_its_key()
    {
        var application = Application(null, ("Kafka:BootstrapServers", BootstrapServers), ("Kafka:Producers:tenant:Client:acks", "some"));
        application.Services.AddThroughlineKafka();
        using var host = application.Build();
        await host.StartAsync(Cancelled);
        var error = Assert.Throws<KafkaSettingsException>(
            () => host.Services.GetRequiredService<IKafkaClients>().CreateProducer<string, string>("tenant"));
        Assert.StartsWith("Kafka:Producers:tenant:Client:acks is 'some'", Assert.Single(error.Problems), StringComparison.Ordinal);
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Serializers_and_handlers_of_the_applications_are_used()
    {
        var topic = await CreateTopicAsync();
        var handled = new Handled();
        var (assigned, lines) = (0, 0);
        var application = OrdersApplication(null, topic);
        application.Services.AddSingleton(handled).AddScoped<ScopedUnit>().AddSingleton<ReversedText>().AddThroughlineKafka()
            .AddProducer<string, string>(build: (services, client) => client.SetValueSerializer((IAsyncSerializer<string>)services.GetRequiredService<ReversedText>()))
            .AddConsumer<string, string, OrderHandler>(
                "orders",
                orders => orders.Client.Debug = "cgrp",
                (services, client) => client
                    .SetValueDeserializer(services.GetRequiredService<ReversedText>())
                    .SetPartitionsAssignedHandler((_, places) => { assigned += places.Count; })
                    .SetErrorHandler((_, _) => { })
                    .SetLogHandler((_, _) => Interlocked.Increment(ref lines)));
        using var host = application.Build();
        await host.StartAsync(Cancelled);
        await host.Services.GetRequiredService<IProducer<string, string>>()
            .ProduceAsync(topic, new Message<string, string> { Key = "k", Value = "abc" }, Cancelled);
        await UntilAsync(() => !handled.Records.IsEmpty);
        await host.StopAsync(Cancelled);
        Assert.Equal("abc", Assert.Single(handled.Records).Value);
        Assert.Equal("cba", First(topic));
        Assert.Equal(1, assigned);
        Assert.True(lines > 0);
    }

    private string First(string topic, int offset = 0)
    {
        using var consumer = new ConsumerBuilder<Ignore, string>(ConsumerConfig()).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, offset));
        return consumer.Consume(Patience)?.Message.Value ?? "nothing";
    }

    private sealed class ReversedText : IAsyncSerializer<string>, IDeserializer<string>
    {
        public Task<byte[]> SerializeAsync(string data, SerializationContext context) =>
            Task.FromResult(data.Reverse().Select(letter => (byte)letter).ToArray());

        public string Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) =>
            string.Concat(data.ToArray().Reverse().Select(letter => (char)letter));
    }
}

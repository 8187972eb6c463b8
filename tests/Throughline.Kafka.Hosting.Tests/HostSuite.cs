using System.Diagnostics;
using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Throughline.TestServers;

namespace Throughline.Kafka.Hosting.Tests;

/// <summary>Hosts with Kafka clients, configured as an application's are.</summary>
public abstract class HostSuite(KafkaFixture kafka) : KafkaSuite(kafka)
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected static HostApplicationBuilder Application(LogBook? log, params ReadOnlySpan<(string Key, string Value)> settings)
    {
        var builder = Host.CreateApplicationBuilder([]);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        builder.Configuration.AddInMemoryCollection(settings.ToArray().ToDictionary(pair => pair.Key, string? (pair) => pair.Value));
        return builder;
    }

    /// <summary>An application whose consumer <c>orders</c> is of the test's own group.</summary>
    private protected HostApplicationBuilder OrdersApplication(
        LogBook? log, string topic, string? group = null, [CallerMemberName] string test = "") => Application(
            log,
            ("Kafka:BootstrapServers", BootstrapServers),
            ("Kafka:Consumers:orders:Topics", topic),
            ("Kafka:Consumers:orders:Group", group ?? KafkaFixture.Unique(test)),
            ("Kafka:Consumers:orders:Client:auto.offset.reset", "earliest"),
            ("Kafka:Consumers:orders:Client:fetch.wait.max.ms", "5"),
            ("Kafka:Consumers:orders:Client:session.timeout.ms", Kafka.IsEmbedded ? "2000" : "6000"),
            ("Kafka:Consumers:orders:Client:heartbeat.interval.ms", "200"));

    protected static async Task UntilAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Patience, "The condition did not come true in time.");
            await Task.Delay(10, Cancelled);
        }
    }

    protected void Send(string topic, int count, int partitions = 1)
    {
        using var producer = new ProducerBuilder<string, string>(ProducerConfig()).Build();
        for (var i = 0; i < count; i++)
        {
            producer.Produce(new TopicPartition(topic, i % partitions), new Message<string, string> { Key = $"{i}", Value = $"{i}" });
        }

        Assert.Equal(0, producer.Flush(Patience));
    }

    protected long[] Committed(string group, string topic, int partitions = 1)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(ConsumerConfig(group)).Build();
        return [.. consumer.Committed(Enumerable.Range(0, partitions).Select(i => new TopicPartition(topic, i)), Patience)
            .Select(offset => offset.Offset.Value)];
    }
}

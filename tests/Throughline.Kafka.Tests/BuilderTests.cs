using Confluent.Kafka;

namespace Throughline.Kafka.Tests;

public class BuilderTests
{
    private static readonly ConsumerConfig Config = new() { BootstrapServers = "127.0.0.1:1", GroupId = "g", ReconnectBackoffMs = 10_000 };

    [Theory]
    [InlineData("timestamp,topic", true)]
    [InlineData("none", true)]
    [InlineData("headers", false)]
    [InlineData("topic, headers", false)]
    [InlineData("all", false)]
    [InlineData(null, false)]
    public void Result_fields_without_headers_are_warned_about(string? fields, bool warned)
    {
        var warnings = new List<string>();
        var builder = new TracingConsumerBuilder<string, string>(new ConsumerConfig(Config.ToDictionary()) { ConsumeResultFields = fields })
            .SetLogHandler((_, message) =>
            {
                if (message.Facility == "THROUGHLINE")
                {
                    warnings.Add(message.Message);
                }
            });
        using var consumer = builder.Build();
        Assert.Equal(warned, warnings.Count == 1);
        Assert.All(warnings, warning => Assert.Contains(fields!, warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Loop_refuses_a_client_that_stores_offsets_by_itself()
    {
        using var consumer = new TracingConsumerBuilder<string, string>(Config).Build();
        var refused = Assert.Throws<InvalidOperationException>(() => { _ = consumer.ProcessAsync((_, _) => Task.CompletedTask); });
        Assert.Contains("enable.auto.offset.store", refused.Message, StringComparison.Ordinal);
        Assert.Contains("BuildForProcessing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loop_ends_quietly_when_cancelled_while_idle()
    {
        using var consumer = new TracingConsumerBuilder<string, string>(Config).SetLogHandler((_, _) => { }).BuildForProcessing();
        using var stop = new CancellationTokenSource();
        var loop = consumer.ProcessAsync((_, _) => Task.CompletedTask, stop.Token);
        await stop.CancelAsync();
        await loop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Several_clients_of_one_builder_each_reach_the_users_handlers()
    {
        var seen = new List<IProducer<string, string>>();
        var builder = new TracingProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = "127.0.0.1:1", StatisticsIntervalMs = 20, ReconnectBackoffMs = 10_000 })
            .SetLogHandler((_, _) => { })
            .SetStatisticsHandler((client, _) =>
            {
                lock (seen)
                {
                    seen.Add(client);
                }
            });
        using var first = builder.Build();
        using var second = builder.Build();
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                lock (seen)
                {
                    return seen.Contains(first) && seen.Contains(second);
                }
            },
            TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(-1, null, "BatchLinksMax")]
    [InlineData(1, "", "CorrelationIdHeader")]
    public void Wrong_option_is_named(int linksMax, string? correlationId, string named)
    {
        var options = new KafkaTracingOptions { BatchLinksMax = linksMax, CorrelationIdHeader = correlationId };
        var refused = Assert.Throws<ArgumentException>(() => new TracingConsumerBuilder<string, string>(Config, options).Build());
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Contains("allowed", refused.Message, StringComparison.Ordinal);
    }
}

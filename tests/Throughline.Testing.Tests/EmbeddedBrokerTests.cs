using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Testing.Tests;

public class EmbeddedBrokerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void Every_broker_is_named_and_answers()
    {
        using var broker = EmbeddedBroker.Start(new EmbeddedBrokerOptions { Brokers = 3 });

        var metadata = Metadata(broker, topic: null);

        Assert.Equal(3, broker.BootstrapServers.Split(',').Distinct().Count());
        Assert.All(broker.BootstrapServers.Split(','), server => Assert.StartsWith("127.0.0.1:", server));
        Assert.Equal([1, 2, 3], metadata.Brokers.Select(b => b.BrokerId).Order());
    }

    [Fact]
    public void Topic_has_the_partitions_and_replicas_that_were_asked_for()
    {
        using var broker = EmbeddedBroker.Start(new EmbeddedBrokerOptions { Brokers = 3 });

        broker.CreateTopic("orders", partitions: 6, replicationFactor: 2);

        var topic = Metadata(broker, "orders").Topics.Single();
        Assert.Equal(6, topic.Partitions.Count);
        Assert.All(topic.Partitions, p => Assert.Equal(2, p.Replicas.Distinct().Count()));
    }

    [Fact]
    public void Topic_without_a_number_has_the_default_partitions()
    {
        using var broker = EmbeddedBroker.Start(new EmbeddedBrokerOptions { DefaultPartitions = 7 });

        broker.CreateTopic("orders");

        Assert.Equal(7, Metadata(broker, "orders").Topics.Single().Partitions.Count);
    }

    [Fact]
    public async Task Topic_that_a_producer_names_comes_to_be_with_four_partitions()
    {
        using var broker = EmbeddedBroker.Start(new EmbeddedBrokerOptions { DefaultPartitions = 7 });
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build();

        await producer.ProduceAsync("unannounced", new Message<Null, string> { Value = "x" });

        Assert.Equal(4, Metadata(broker, "unannounced").Topics.Single().Partitions.Count);
    }

    [Fact]
    public void Topic_that_a_consumer_names_does_not_come_to_be()
    {
        using var broker = EmbeddedBroker.Start();
        var config = new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = "g" };
        using var consumer = new ConsumerBuilder<Ignore, string>(config).Build();
        consumer.Subscribe("unannounced");

        var refusal = Assert.Throws<ConsumeException>(() => consumer.Consume(Patience));

        Assert.Equal(ErrorCode.UnknownTopicOrPart, refusal.Error.Code);
        consumer.Close();
    }

    [Fact]
    public void Two_hundred_topics_do_not_take_a_second_each_fifth()
    {
        using var broker = EmbeddedBroker.Start();
        var time = Stopwatch.StartNew();

        for (var n = 0; n < 200; n++)
        {
            broker.CreateTopic($"topic-{n}", partitions: 1);
        }

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Groups_first_rebalance_waits_for_nobody_unless_told_to()
    {
        Assert.InRange(await TimeToFirstRecordAsync(new EmbeddedBrokerOptions()), TimeSpan.Zero, TimeSpan.FromSeconds(2.9));

        var delay = TimeSpan.FromSeconds(1.5);
        Assert.InRange(
            await TimeToFirstRecordAsync(new EmbeddedBrokerOptions { GroupInitialRebalanceDelay = delay }), delay, Patience);
    }

    [Fact]
    public void Topic_that_exists_is_refused_by_name()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");

        var refusal = Assert.Throws<KafkaException>(() => broker.CreateTopic("orders"));

        Assert.Equal(ErrorCode.TopicAlreadyExists, refusal.Error.Code);
        Assert.Contains("\"orders\"", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("order events")]
    [InlineData("bestellungen-für-ünna")]
    public void Topic_name_that_Kafka_forbids_is_refused_with_what_is_allowed(string name)
    {
        using var broker = EmbeddedBroker.Start();

        var refusal = Assert.Throws<ArgumentException>(() => broker.CreateTopic(name));

        Assert.Contains($"\"{name}\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("a-z, A-Z, 0-9", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Topic_name_has_249_characters_at_most()
    {
        using var broker = EmbeddedBroker.Start();

        broker.CreateTopic(new string('a', 249));

        Assert.Throws<ArgumentException>(() => broker.CreateTopic(new string('a', 250)));
    }

    [Fact]
    public void Value_out_of_range_is_refused_with_name_value_and_range()
    {
        using var broker = EmbeddedBroker.Start();

        Refuses("partitions is 0; allowed are 1 to 1000.", () => broker.CreateTopic("t", partitions: 0));
        Refuses("partitions is 1001; allowed are 1 to 1000.", () => broker.CreateTopic("t", partitions: 1001));
        Refuses("replicationFactor is 2; allowed are 1 to 1.", () => broker.CreateTopic("t", replicationFactor: 2));
        Refuses("broker is 2; allowed are 1 to 1.", () => broker.TakeDown(2));
        Refuses("broker is 0; allowed are 1 to 1.", () => broker.BringUp(0));
        Refuses("broker is -1; allowed are 1 to 1.", () => broker.SetRoundTripTime(-1, TimeSpan.Zero));
        Refuses(
            "roundTrip is -00:00:01; allowed are 00:00:00 to 01:00:00.",
            () => broker.SetRoundTripTime(1, TimeSpan.FromSeconds(-1)));
        Refuses("errors is 0; allowed are 1 to 10000.", () => broker.FailNext(KafkaRequest.Produce));
        Refuses("errors holds Local_QueueFull; allowed are errors of Kafka's protocol", () => broker.FailNext(KafkaRequest.Produce, ErrorCode.Local_QueueFull));
        Refuses("request is 999; allowed are Produce, Fetch", () => broker.FailNext((KafkaRequest)999, ErrorCode.NotLeaderForPartition));
        Refuses("request is 999; allowed are Produce, Fetch", () => broker.ClearFailures((KafkaRequest)999));
        Refuses("Brokers is 0; allowed are 1 to 32.", () => EmbeddedBroker.Start(new EmbeddedBrokerOptions { Brokers = 0 }));
        Refuses("Brokers is 33; allowed are 1 to 32.", () => EmbeddedBroker.Start(new EmbeddedBrokerOptions { Brokers = 33 }));
        Refuses("DefaultPartitions is 0", () => EmbeddedBroker.Start(new EmbeddedBrokerOptions { DefaultPartitions = 0 }));
        Refuses(
            "GroupInitialRebalanceDelay is -00:00:01",
            () => EmbeddedBroker.Start(new EmbeddedBrokerOptions { GroupInitialRebalanceDelay = TimeSpan.FromSeconds(-1) }));
    }

    [Fact]
    public void Log_goes_to_its_option_and_a_log_that_throws_harms_nothing()
    {
        var lines = new List<string>();
        using (var broker = EmbeddedBroker.Start(new EmbeddedBrokerOptions { Log = Add }))
        {
            broker.CreateTopic("orders");
            Metadata(broker, topic: null);
        }

        lock (lines)
        {
            Assert.Contains(lines, line => line.Contains("Created topic \"orders\"", StringComparison.Ordinal));
        }

        void Add(string line)
        {
            lock (lines)
            {
                lines.Add(line);
            }

            throw new InvalidOperationException("a log that throws");
        }
    }

    private static void Refuses(string message, Action action) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(action).Message, StringComparison.Ordinal);

    private static async Task<TimeSpan> TimeToFirstRecordAsync(EmbeddedBrokerOptions options)
    {
        using var broker = EmbeddedBroker.Start(options);
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build();
        await producer.ProduceAsync("orders", new Message<Null, string> { Value = "x" });
        using var consumer = new ConsumerBuilder<Ignore, string>(broker.ConsumerConfig("g")).Build();
        var time = Stopwatch.StartNew();
        consumer.Subscribe("orders");
        Assert.NotNull(consumer.Consume(Patience));
        return time.Elapsed;
    }

    private static Metadata Metadata(EmbeddedBroker broker, string? topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers }).Build();
        return topic is null ? admin.GetMetadata(Patience) : admin.GetMetadata(topic, Patience);
    }
}

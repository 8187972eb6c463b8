using Confluent.Kafka;
using NSubstitute;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>Statistics that are not what they should be, and how they are turned on.</summary>
[Collection(Isolated.Name)]
public sealed class StatisticsTests
{
    private const string Queue = "throughline.producer.queue.messages";
    private const string Refused = "throughline.statistics.refused";

    private static readonly ProducerConfig Config = new() { BootstrapServers = "127.0.0.1:1", ReconnectBackoffMs = 10_000 };

    public static TheoryData<string> Malformed { get; } = new(
        "",
        "null",
        "[]",
        "42",
        "no json",
        "{}",
        """{"type":"producer""",
        """{"type":"producer","msg_cnt":"many"}""",
        """{"type":"producer","msg_cnt":1.5}""",
        """{"type":"producer","msg_cnt":99999999999999999999}""",
        """{"type":"producer","brokers":[]}""",
        """{"type":"producer","brokers":{"a":{"rtt":7}}}""",
        """{"type":"consumer","topics":{"t":{"partitions":{"0":{}}}}}""",
        """{"type":"producer","msg_cnt":1} and more""",
        """{"type":"producer","brokers":{"a":{"name":"\ud800"}}}""");

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Malformed_statistics_are_contained_and_counted_and_nothing_is_known_then(string json)
    {
        using var metrics = new MetricRecorder(Queue, Refused);
        var handed = new List<string>();
        var builder = new Builder(WithStatistics());
        builder.SetLogHandler((_, _) => { }).SetStatisticsHandler((_, given) => handed.Add(given));
        using var producer = builder.Build();
        builder.Give(producer, """{"type":"producer","msg_cnt":7}""");
        Assert.Equal(7, Assert.Single(metrics.Observe(Queue)).Value);
        builder.Give(producer, json);
        Assert.Equal(1, Assert.Single(metrics.Of(Refused)).Value);
        Assert.Empty(metrics.Observe(Queue));
        Assert.Equal(2, handed.Count);
    }

    [Fact]
    public void Throttling_retries_and_timeouts_of_brokers_are_told_and_a_bootstrap_address_is_no_broker()
    {
        const string Statistics = """
            {"name":"p#producer-1","type":"producer","brokers":{
              "GroupCoordinator":{"name":"GroupCoordinator","nodeid":-1,"source":"logical","txretries":1,"req_timeouts":0,
                "rtt":{"avg":0,"p99":0,"cnt":0},"throttle":{"max":0,"cnt":0},"toppars":{}},
              "b:9092/bootstrap":{"name":"b:9092/bootstrap","nodeid":-1,"source":"configured","txretries":2,"req_timeouts":3,
                "rtt":{"avg":9,"p99":9,"cnt":9},"throttle":{"max":9,"cnt":9},"req":{"Metadata":4},"toppars":{}},
              "b:9092/7":{"name":"b:9092/7","nodeid":7,"source":"learned","txretries":4,"req_timeouts":5,
                "rtt":{"min":1,"max":9,"avg":1500,"p99":8000,"cnt":3},"throttle":{"max":250,"cnt":2},"toppars":{"t-0":{"topic":"t"}}}}}
            """;
        using var metrics = new MetricRecorder();
        var builder = new Builder(WithStatistics());
        using var producer = builder.SetLogHandler((_, _) => { }).Build();
        builder.Give(producer, Statistics);
        Assert.Equal([("7", 0.0015)], Told("throughline.broker.rtt"));
        Assert.Equal([("7", 0.008)], Told("throughline.broker.rtt.p99"));
        Assert.Equal([("GroupCoordinator", 0), ("7", 0.25)], Told("throughline.broker.throttle.max"));
        Assert.Equal(7, Assert.Single(metrics.Of("throughline.client.requests.retried")).Value);
        Assert.Equal(8, Assert.Single(metrics.Of("throughline.client.requests.timed_out")).Value);

        IEnumerable<(string?, double)> Told(string name) =>
            metrics.Observe(name).Select(it => ((string?)it.Tag("throughline.broker.id"), it.Value));
    }

    [Fact]
    public void Reading_makes_the_snapshot_and_next_to_nothing_else()
    {
        const int Brokers = 50;
        const int SnapshotBytesMax = 128 * Brokers;
        var toppars = string.Join(',', Enumerable.Range(0, 100).Select(partition => $$"""
            "t-{{partition}}":{"topic":"t","partition":{{partition}}}
            """));
        var brokers = string.Join(',', Enumerable.Range(0, Brokers).Select(id => $$$"""
            "b:9092/{{{id}}}":{"name":"b:9092/{{{id}}}","nodeid":{{{id}}},"nodename":"b:9092","source":"learned","tx":1,
            "rtt":{"avg":1,"p99":2,"cnt":1},"throttle":{"max":0},"req":{"Fetch":1},"toppars":{{{{toppars}}}}}
            """));
        var statistics = $$$"""{"name":"p","type":"producer","msg_cnt":1,"brokers":{{{{brokers}}}},"topics":{}}""";
        using var metrics = new MetricRecorder(Queue, Refused);
        var builder = new Builder(WithStatistics());
        using var producer = builder.SetLogHandler((_, _) => { }).Build();
        builder.Give(producer, statistics);
        builder.Give(producer, statistics);
        var before = GC.GetAllocatedBytesForCurrentThread();
        builder.Give(producer, statistics);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, SnapshotBytesMax);
        Assert.Single(metrics.Observe(Queue));
        Assert.Empty(metrics.Of(Refused));
    }

    [Fact]
    public void Statistics_that_nobody_collects_are_not_read()
    {
        using var metrics = new MetricRecorder(Refused);
        var builder = new Builder(WithStatistics());
        using var producer = builder.SetLogHandler((_, _) => { }).Build();
        builder.Give(producer, "no json");
        Assert.Empty(metrics.Of(Refused));
    }

    [Fact]
    public void Statistics_that_no_longer_come_are_not_told()
    {
        using var metrics = new MetricRecorder(Queue);
        var time = new SteppedTime();
        var builder = new Builder(WithStatistics(), new() { TimeProvider = time });
        using var producer = builder.SetLogHandler((_, _) => { }).Build();
        builder.Give(producer, """{"type":"producer","msg_cnt":7}""");
        time.Passed = TimeSpan.FromHours(3);
        Assert.Single(metrics.Observe(Queue));
        time.Passed += TimeSpan.FromSeconds(1);
        Assert.Empty(metrics.Observe(Queue));
    }

    [Fact]
    public void Exception_of_the_users_handler_goes_where_it_went()
    {
        var builder = new Builder(WithStatistics());
        builder.SetLogHandler((_, _) => { }).SetStatisticsHandler((_, _) => throw new InvalidOperationException("the user's"));
        using var producer = builder.Build();
        Assert.Equal("the user's", Assert.Throws<InvalidOperationException>(() => builder.Give(producer, "{}")).Message);
    }

    [Fact]
    public void Interval_of_the_user_stays_and_the_options_is_taken_where_there_is_none()
    {
        var options = new KafkaTracingOptions { StatisticsInterval = TimeSpan.FromMilliseconds(20) };
        var given = new ProducerConfig(Config.ToDictionary()) { StatisticsIntervalMs = 0 };
        Assert.False(HasHandler(given, options));
        Assert.True(HasHandler(Config, options));
        Assert.False(HasHandler(Config, new()));
        Assert.Null(Config.StatisticsIntervalMs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_400_001)]
    public void Interval_out_of_range_is_named(int milliseconds)
    {
        var options = new KafkaTracingOptions { StatisticsInterval = TimeSpan.FromMilliseconds(milliseconds) };
        var refused = Assert.Throws<ArgumentException>(() => new TracingProducerBuilder<string, string>(Config, options).Build());
        Assert.Contains("StatisticsInterval", refused.Message, StringComparison.Ordinal);
        Assert.Contains("allowed: 1 ms", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrapped_client_refuses_the_option_by_name()
    {
        var options = new KafkaTracingOptions { StatisticsInterval = TimeSpan.FromSeconds(5) };
        var producer = Assert.Throws<NotSupportedException>(() => Substitute.For<IProducer<string, string>>().WithTracing(options: options));
        var consumer = Assert.Throws<NotSupportedException>(() => Substitute.For<IConsumer<string, string>>().WithTracing(options: options));
        Assert.Contains("StatisticsInterval", producer.Message, StringComparison.Ordinal);
        Assert.Contains("TracingConsumerBuilder", consumer.Message, StringComparison.Ordinal);
    }

    // An hour: what the client says by itself does not come between.
    private static ProducerConfig WithStatistics() => new(Config.ToDictionary()) { StatisticsIntervalMs = 3_600_000 };

    private static bool HasHandler(ProducerConfig config, KafkaTracingOptions options)
    {
        var builder = new Builder(config, options);
        using var producer = builder.SetLogHandler((_, _) => { }).Build();
        return builder.HasHandler;
    }

    private sealed class Builder(ProducerConfig config, KafkaTracingOptions? options = null) : TracingProducerBuilder<string, string>(config, options)
    {
        public bool HasHandler => StatisticsHandler is not null;

        public void Give(IProducer<string, string> producer, string json) => StatisticsHandler(producer, json);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long GetTimestamp() => Passed.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}

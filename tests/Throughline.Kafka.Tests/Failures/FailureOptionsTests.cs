using Confluent.Kafka;
using NSubstitute;

namespace Throughline.Kafka.Tests.Failures;

/// <summary>A wrong option is named, with what is allowed.</summary>
public sealed class FailureOptionsTests : IDisposable
{
    private readonly TracingConsumer<string, string> _consumer = new TracingConsumerBuilder<string, string>(
        new ConsumerConfig { GroupId = "g", BootstrapServers = "127.0.0.1:1" })
        .SetLogHandler((_, _) => { })
        .BuildForProcessing();

    private readonly IProducer<byte[], byte[]> _producer = Substitute.For<IProducer<byte[], byte[]>>();

    public static TheoryData<string, Action<RetryOptions>> WrongRetries => new()
    {
        { "AttemptsMax is 0; allowed: 1 or more", options => options.AttemptsMax = 0 },
        { "BackoffInitial is -00:00:01; allowed: 0 or more", options => options.BackoffInitial = TimeSpan.FromSeconds(-1) },
        { "BackoffFactor is 0.5; allowed: 1 or more", options => options.BackoffFactor = 0.5 },
        { "BackoffMax is 00:00:00", options => options.BackoffMax = TimeSpan.Zero },
        { "BackoffJitter is 2; allowed: 0 to 1", options => options.BackoffJitter = 2 },
        { "Telling is 7", options => options.Telling = (AttemptTelling)7 },
    };

    public static TheoryData<string, Action<FailureRouting>> WrongRoutes => new()
    {
        { "RetryTopics is empty and DeadLetterTopic null", _ => { } },
        { "DeadLetterTopic is empty", routing => routing.DeadLetterTopic = "" },
        { "RetryTopics has one without a name", routing => routing.RetryTopics.Add(new("", TimeSpan.Zero)) },
        { "the delay of r is -00:00:01", routing => routing.RetryTopics.Add(new("r", TimeSpan.FromSeconds(-1))) },
        { "RetryTopics has d, which is DeadLetterTopic", routing => (routing.DeadLetterTopic, _) = ("d", Add(routing, "d")) },
        { "StackTraceBytesMax is -1", routing => (routing.DeadLetterTopic, routing.StackTraceBytesMax) = ("d", -1) },
        { "MessageBytesMax is -1", routing => (routing.DeadLetterTopic, routing.MessageBytesMax) = ("d", -1) },
        { "SendAttemptsMax is 0", routing => (routing.DeadLetterTopic, routing.SendAttemptsMax) = ("d", 0) },
        { "SendBackoff is -00:00:01", routing => (routing.DeadLetterTopic, routing.SendBackoff) = ("d", TimeSpan.FromSeconds(-1)) },
    };

    public static TheoryData<string, Action<RedriveOptions>> WrongRedrives => new()
    {
        { "To is the dead-letter topic itself", options => options.To = "d" },
        { "To is empty", options => options.To = "" },
        { "GroupId is empty", options => options.GroupId = "" },
        { "LettersMax is 0; allowed: 1 or more", options => options.LettersMax = 0 },
        { "RatePerSecondMax is 0; allowed: 0.1 or more", options => options.RatePerSecondMax = 0 },
        { "AssignmentTimeout is 00:00:00", options => options.AssignmentTimeout = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(WrongRetries))]
    public async Task Retry(string expected, Action<RetryOptions> change)
    {
        var options = new RetryOptions();
        change(options);
        await RefusesAsync(expected, new() { Retry = options });
    }

    [Theory]
    [MemberData(nameof(WrongRoutes))]
    public async Task Routing(string expected, Action<FailureRouting> change)
    {
        var routing = new FailureRouting(_producer);
        change(routing);
        await RefusesAsync(expected, new() { Failures = routing });
    }

    [Theory]
    [MemberData(nameof(WrongRedrives))]
    public async Task Redrive(string expected, Action<RedriveOptions> change)
    {
        var options = new RedriveOptions("d");
        change(options);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => DeadLetters.RedriveAsync([], _producer, options));
        Assert.StartsWith($"RedriveOptions.{expected}", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _consumer.Dispose();

    private static bool Add(FailureRouting routing, string topic)
    {
        routing.RetryTopics.Add(new(topic, TimeSpan.Zero));
        return true;
    }

    private async Task RefusesAsync(string expected, ProcessingOptions options)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _consumer.ProcessAsync((_, _) => Task.CompletedTask, options));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Message.StartsWith("RetryOptions.", StringComparison.Ordinal) || refused.Message.StartsWith("FailureRouting.", StringComparison.Ordinal));
    }
}

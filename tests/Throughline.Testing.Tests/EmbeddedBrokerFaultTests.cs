using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Testing.Tests;

public class EmbeddedBrokerFaultTests
{
    [Fact]
    public async Task Announced_errors_meet_the_next_requests_in_order()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");
        using var producer = Producer(broker);

        broker.FailNext(KafkaRequest.Produce, ErrorCode.PolicyViolation, ErrorCode.NoError, ErrorCode.MsgSizeTooLarge);

        Assert.Equal(ErrorCode.PolicyViolation, await OutcomeAsync(producer));
        Assert.Equal(ErrorCode.NoError, await OutcomeAsync(producer));
        Assert.Equal(ErrorCode.MsgSizeTooLarge, await OutcomeAsync(producer));
        Assert.Equal(ErrorCode.NoError, await OutcomeAsync(producer));
    }

    [Fact]
    public async Task Cleared_errors_do_not_happen()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");
        using var producer = Producer(broker);
        broker.FailNext(KafkaRequest.Produce, ErrorCode.PolicyViolation, ErrorCode.PolicyViolation);

        broker.ClearFailures(KafkaRequest.Produce);

        Assert.Equal(ErrorCode.NoError, await OutcomeAsync(producer));
    }

    [Fact]
    public async Task Broken_connection_is_retried_by_the_client()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");
        using var producer = Producer(broker);

        broker.FailNext(KafkaRequest.Produce, ErrorCode.Local_Transport);

        Assert.Equal(ErrorCode.NoError, await OutcomeAsync(producer));
    }

    [Fact]
    public async Task Broker_that_is_down_takes_nothing_until_it_is_up_again()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");
        using var producer = Producer(broker);
        Assert.Equal(ErrorCode.NoError, await OutcomeAsync(producer));

        using var impatient = Producer(broker, TimeSpan.FromMilliseconds(300));
        broker.TakeDown(1);
        var waiting = OutcomeAsync(producer);
        Assert.Equal(ErrorCode.Local_MsgTimedOut, await OutcomeAsync(impatient));
        Assert.False(waiting.IsCompleted);
        broker.BringUp(1);

        Assert.Equal(ErrorCode.NoError, await waiting);
    }

    [Fact]
    public async Task Round_trip_takes_as_long_as_was_set()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");
        using var producer = Producer(broker);
        Assert.Equal(ErrorCode.NoError, await OutcomeAsync(producer));

        broker.SetRoundTripTime(1, TimeSpan.FromMilliseconds(200));
        var slow = Stopwatch.StartNew();
        Assert.Equal(ErrorCode.NoError, await OutcomeAsync(producer));

        Assert.InRange(slow.Elapsed, TimeSpan.FromMilliseconds(190), TimeSpan.FromSeconds(10));
    }

    private static IProducer<Null, string> Producer(EmbeddedBroker broker, TimeSpan? timeout = null)
    {
        var config = new ProducerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            LingerMs = 0,
            RetryBackoffMs = 10,
            ReconnectBackoffMs = 10,
            ReconnectBackoffMaxMs = 50,
            MessageTimeoutMs = (int)(timeout ?? TimeSpan.FromSeconds(30)).TotalMilliseconds,
        };
        return new ProducerBuilder<Null, string>(config).SetLogHandler((_, _) => { }).Build();
    }

    private static async Task<ErrorCode> OutcomeAsync(IProducer<Null, string> producer)
    {
        try
        {
            await producer.ProduceAsync("orders", new Message<Null, string> { Value = "x" });
            return ErrorCode.NoError;
        }
        catch (ProduceException<Null, string> e)
        {
            return e.Error.Code;
        }
    }
}

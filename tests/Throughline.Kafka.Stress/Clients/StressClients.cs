using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using NSubstitute;
using Throughline.Kafka.Internal;

namespace Throughline.Kafka.Stress.Clients;

/// <summary>The clients of a world without a broker: every way of delivering, built and wrapped, and every way of correlating.</summary>
internal static class StressClients
{
    /// <summary>Records are nearly all headers here, and that is no news.</summary>
    public static readonly KafkaTracingOptions Quietly = new() { HeaderShareMax = null };

    public static World InMemory(Witness witness) => Around(
        [
            .. Enum.GetValues<Delivery>().Select(delivery => Built(delivery, witness)),
            .. Enum.GetValues<Delivery>().Select(delivery => new LoopbackProducer(delivery, witness).WithTracing(null, Quietly)),
        ]);

    /// <summary>A world with these producers, and consumers whose records do not come from a broker.</summary>
    public static World Around(IReadOnlyList<IProducer<string, string>> producers)
    {
        var logs = new LogReader();
        var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        return new(
            producers,
            [
                .. Enum.GetValues<ProcessCorrelation>().Select(correlation => Consumer(new() { Correlation = correlation, LoggerFactory = factory })),
                Consumer(new() { FilterProcess = record => record.Offset.Value % 2 == 0, LoggerFactory = factory }),
                Consumer(new()),
            ],
            logs);
    }

    private static StressConsumer Consumer(KafkaTracingOptions options) =>
        new(Substitute.For<IConsumer<string, string>>().WithTracing(null, options), options.Correlation, options.LoggerFactory is not null);

    // As the builder does with Confluent's own client, which lets objects of one send serve the next.
    private static TracingProducer<string, string> Built(Delivery delivery, Witness witness) =>
        new(new LoopbackProducer(delivery, witness), new(), Quietly, InnerClient.Confluents());
}

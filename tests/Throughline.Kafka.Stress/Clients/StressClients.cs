using Throughline.Kafka.Internal;

namespace Throughline.Kafka.Stress.Clients;

/// <summary>The clients of a world without a broker: every way of delivering, built and wrapped, and every way of correlating.</summary>
internal static class StressClients
{
    public static World InMemory(Witness witness) => new(
        [
            .. Enum.GetValues<Delivery>().Select(delivery => Built(delivery, witness)),
            .. Enum.GetValues<Delivery>().Select(delivery => new LoopbackProducer(delivery, witness).WithTracing()),
        ],
        Consumers());

    /// <summary>Consumers whose records do not come from a broker.</summary>
    public static IReadOnlyList<StressConsumer> Consumers() =>
    [
        .. Enum.GetValues<ProcessCorrelation>().Select(correlation =>
            new StressConsumer(new IdleConsumer().WithTracing(null, new() { Correlation = correlation }), correlation)),
        new(
            new IdleConsumer().WithTracing(null, new() { FilterProcess = record => record.Offset.Value % 2 == 0 }),
            ProcessCorrelation.ParentAndLink),
    ];

    // As the builder does with Confluent's own client, which lets objects of one send serve the next.
    private static TracingProducer<string, string> Built(Delivery delivery, Witness witness) =>
        new(new LoopbackProducer(delivery, witness), new(), new(), InnerClient.Confluents());
}

using Confluent.Kafka;

namespace Throughline.Kafka.Stress;

/// <summary>The clients that all stories share.</summary>
/// <param name="Producers">Producers, each used by everybody.</param>
/// <param name="Consumers">Consumers with different options, each used by everybody.</param>
internal sealed record World(IReadOnlyList<IProducer<string, string>> Producers, IReadOnlyList<StressConsumer> Consumers)
{
    public const string Topic = "stress";
}

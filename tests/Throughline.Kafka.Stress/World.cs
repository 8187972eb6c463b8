using Confluent.Kafka;
using Throughline.Kafka.Stress.Clients;

namespace Throughline.Kafka.Stress;

/// <summary>The clients that all stories share.</summary>
/// <param name="Producers">Producers, each used by everybody.</param>
/// <param name="Consumers">Consumers with different options, each used by everybody.</param>
/// <param name="Logs">What those consumers' logs would say.</param>
internal sealed record World(IReadOnlyList<IProducer<string, string>> Producers, IReadOnlyList<StressConsumer> Consumers, LogReader Logs)
{
    public const string Topic = "stress";
}

namespace Throughline.Kafka.Loss;

/// <summary>How much is sent and done.</summary>
/// <param name="Records">Records to send.</param>
/// <param name="Seconds">Over how long.</param>
/// <param name="Members">Consumer processes.</param>
/// <param name="Seed">Of the faults' order and times.</param>
internal sealed record LossOptions(int Records = 200_000, int Seconds = 60, int Members = 3, int Seed = 1)
{
    internal const int Partitions = 12;
}

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>A client that reads its own statistics.</summary>
internal interface IStatisticsTaker
{
    /// <summary>Never throws.</summary>
    void Take(string statistics);
}

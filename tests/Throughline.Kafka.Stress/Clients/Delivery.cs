namespace Throughline.Kafka.Stress.Clients;

/// <summary>Where a client calls delivery handlers.</summary>
internal enum Delivery
{
    /// <summary>Within Produce, in the caller's flow.</summary>
    WithinProduce,

    /// <summary>On its one poll thread, as Confluent's does.</summary>
    PollThread,

    /// <summary>On any thread of the pool.</summary>
    PoolThread,
}

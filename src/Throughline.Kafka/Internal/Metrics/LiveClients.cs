using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>
/// The clients that observable instruments ask: from where they were built to where they are closed or disposed. One that
/// is dropped without either is not kept alive here.
/// </summary>
internal sealed class LiveClients
{
    private readonly ConditionalWeakTable<LiveClient, object?> _clients = [];

    internal void Add(LiveClient client) => _clients.Add(client, null);

    internal void Remove(LiveClient client) => _clients.Remove(client);

    /// <summary>Observes a figure of each client's statistics that has it.</summary>
    internal Func<IEnumerable<Measurement<T>>> Each<T>(Func<ClientStatistics, T?> figure)
        where T : struct => () => Observe<T>((client, told) =>
        {
            if (client.Statistics is { } statistics && figure(statistics) is { } value)
            {
                told.Add(new(value, client.Tags));
            }
        });

    /// <summary>Observes a figure of each broker that a client talks to.</summary>
    internal Func<IEnumerable<Measurement<double>>> EachBroker(Func<BrokerStatistics, TimeSpan?> figure) => () =>
        Observe<double>((client, told) =>
        {
            foreach (var broker in client.Statistics?.Brokers ?? [])
            {
                if (figure(broker) is { } value)
                {
                    told.Add(new(value.TotalSeconds, [.. client.Tags, new(AttributeNames.BrokerId, broker.Id)]));
                }
            }
        });

    /// <summary>Observes each partition that is assigned to a consumer.</summary>
    internal Func<IEnumerable<Measurement<long>>> EachPartition(Action<OffsetLag, List<Measurement<long>>> tell) => () =>
        Observe<long>((client, told) =>
        {
            if (client.Lag is { } lag)
            {
                tell(lag, told);
            }
        });

    // Gathered before any of it is handed out: a collector must not run while a client is held.
    private List<Measurement<T>> Observe<T>(Action<LiveClient, List<Measurement<T>>> tell)
        where T : struct
    {
        var told = new List<Measurement<T>>();
        foreach (var (client, _) in _clients)
        {
            try
            {
                tell(client, told);
            }
            catch (Exception exception)
            {
                Faults.Contain("metrics.observe", exception);
            }
        }

        return told;
    }
}

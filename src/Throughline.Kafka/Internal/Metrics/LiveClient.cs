namespace Throughline.Kafka.Internal.Metrics;

/// <summary>One client as the observable instruments see it.</summary>
internal sealed class LiveClient
{
    private readonly ClientIdentity _identity;
    private readonly StatisticsFeed _feed;
    private KeyValuePair<string, object?>[]? _tags;

    private LiveClient(Tracing tracing, StatisticsSettings statistics, ConsumerPlaces? places)
    {
        _identity = tracing.Client;
        _feed = new(statistics, tracing.Time);
        Lag = places is null ? null : new(places, _feed, tracing.Client);
    }

    internal ClientStatistics? Statistics => _feed.Latest;

    /// <summary>A consumer's.</summary>
    internal OffsetLag? Lag { get; }

    /// <summary>The client's name among them, since two clients of one program may well share their id.</summary>
    internal KeyValuePair<string, object?>[] Tags => _tags ??= MakeTags();

    internal static LiveClient Producer(Tracing tracing, StatisticsSettings? statistics) =>
        Enter(new(tracing, statistics ?? StatisticsSettings.None, null));

    internal static LiveClient Consumer(Tracing tracing, StatisticsSettings? statistics, ConsumerPlaces places) =>
        Enter(new(tracing, statistics ?? StatisticsSettings.None, places));

    internal void Take(string statistics) => _feed.Take(statistics);

    /// <summary>
    /// Takes the client from the instruments, and waits for a collection that is asking it: a native client must not be
    /// asked any more while it is destroyed.
    /// </summary>
    internal void Leave()
    {
        Telemetry.Clients.Remove(this);
        Lag?.Close();
    }

    private static LiveClient Enter(LiveClient client)
    {
        if (client._feed.IsFed)
        {
            // Here, and not when collected: the client may be gone by then.
            _ = client.Tags;
        }

        if (client._feed.IsFed || client.Lag is not null)
        {
            Telemetry.Clients.Add(client);
        }

        return client;
    }

    private KeyValuePair<string, object?>[] MakeTags()
    {
        var tags = new List<KeyValuePair<string, object?>> { new(AttributeNames.System, "kafka") };
        AddIfKnown(tags, AttributeNames.ClientId, _identity.ClientId);
        AddIfKnown(tags, AttributeNames.ClientName, _identity.Name);
        AddIfKnown(tags, AttributeNames.ConsumerGroup, _identity.Group);
        AddIfKnown(tags, AttributeNames.ServerAddress, _identity.Address);
        AddIfKnown(tags, AttributeNames.ServerPort, _identity.PortValue);
        return [.. tags];
    }

    private static void AddIfKnown(List<KeyValuePair<string, object?>> tags, string name, object? value)
    {
        if (value is not null and not "")
        {
            tags.Add(new(name, value));
        }
    }
}

using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>The attributes that are the same on everything one client tells.</summary>
internal sealed class ClientIdentity
{
    private readonly IClient _client;
    private readonly string? _configuredClientId;
    private string? _name;

    internal ClientIdentity(KafkaClientDescription description, IClient client, bool alsoV124)
    {
        _client = client;
        _configuredClientId = description.ClientId;
        (Address, Port) = ServerAddress.Parse(description.BootstrapServers);
        PortValue = Port;
        Group = string.IsNullOrEmpty(description.GroupId) ? null : description.GroupId;
        ClusterId = description.ClusterId;
        AlsoV124 = alsoV124;
    }

    private ClientIdentity(ClientIdentity other, string? group)
    {
        _client = other._client;
        _configuredClientId = other._configuredClientId;
        (Address, Port) = (other.Address, other.Port);
        Group = group;
        ClusterId = other.ClusterId;
        AlsoV124 = other.AlsoV124;
    }

    internal string? Address { get; }

    internal int? Port { get; }

    /// <summary>The port as an attribute's value: an object once, not one a measurement.</summary>
    internal object? PortValue { get; }

    internal string? Group { get; }

    internal string? ClusterId { get; }

    internal bool AlsoV124 { get; }

    /// <summary>The configured client id, else the client's own name; empty where it has neither.</summary>
    internal string ClientId => _configuredClientId ?? Name;

    /// <summary>The client's own name, which librdkafka makes and no other client of the process has; empty where it has none.</summary>
    internal string Name => _name ??= NameOf(_client);

    /// <summary>The same client, acting for a consumer group.</summary>
    internal ClientIdentity InGroup(string? group) => group == Group ? this : new(this, group);

    internal void AddStartTags(List<KeyValuePair<string, object?>> tags)
    {
        AddIfKnown(tags, AttributeNames.ConsumerGroup, Group);
        AddIfKnown(tags, AttributeNames.ServerAddress, Address);
        AddIfKnown(tags, AttributeNames.ServerPort, Port);
        AddIfKnown(tags, AttributeNames.ClientId, ClientId);
        AddIfKnown(tags, AttributeNames.ClusterId, ClusterId);
        if (AlsoV124)
        {
            AddIfKnown(tags, AttributeNames.V124.ConsumerGroup, Group);
            AddIfKnown(tags, AttributeNames.V124.ClientId, ClientId);
        }
    }

    private static void AddIfKnown(List<KeyValuePair<string, object?>> tags, string name, object? value)
    {
        if (value is not null and not "")
        {
            tags.Add(new(name, value));
        }
    }

    private static string NameOf(IClient client)
    {
        try
        {
            return client.Name ?? string.Empty;
        }
        catch (Exception exception)
        {
            // A mock may refuse; the span goes without.
            Faults.Contain("client.name", exception);
            return string.Empty;
        }
    }
}

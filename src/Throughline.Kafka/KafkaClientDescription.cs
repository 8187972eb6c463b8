namespace Throughline.Kafka;

/// <summary>
/// What the Kafka client interfaces do not expose: for wrapping a client that somebody else built. The builders read it
/// from the configuration.
/// </summary>
public sealed record KafkaClientDescription
{
    /// <summary>The configured <c>client.id</c>; without it the client's own name is told.</summary>
    public string? ClientId { get; init; }

    /// <summary>The configured <c>bootstrap.servers</c>: told as <c>server.address</c> (and <c>server.port</c> when it is one server).</summary>
    public string? BootstrapServers { get; init; }

    /// <summary>A consumer's <c>group.id</c>.</summary>
    public string? GroupId { get; init; }

    /// <summary>A producer's <c>transactional.id</c>: told on the spans of its transactions as <c>throughline.transaction.id</c>.</summary>
    public string? TransactionalId { get; init; }

    /// <summary>The cluster's id where it is known: told as <c>messaging.kafka.cluster.id</c>. It is never asked for over the wire.</summary>
    public string? ClusterId { get; init; }

    /// <summary>
    /// Whether a producer gets delivery reports (<c>dotnet.producer.enable.delivery.reports</c>). Where it does not, a
    /// send's span ends when the record is enqueued and says that its outcome is unknown.
    /// </summary>
    public bool DeliveryReports { get; init; } = true;
}

using System.Buffers.Binary;
using System.Text;

namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// Every attribute name that the server reads, of every instrumentation, and what it says: the only such table. Names that
/// say the same are listed in the order in which they count: the current conventions' first.
/// </summary>
internal static class AttributeAliases
{
    private const int PlacesCount = 512;

    private static readonly AttributeAlias?[] Places = Place(
    [
        .. Of(SaidBy.System, "messaging.system"),
        .. Of(SaidBy.Operation,
            "messaging.operation.type",     // 1.44
            "messaging.operation"),         // v1.24, Java agent 2.x, Python, .NET's ConfluentKafka, guides
        .. Of(SaidBy.OperationName, "messaging.operation.name"),
        .. Of(SaidBy.Topic,
            "messaging.destination.name",   // v1.17 and later, Java agent 2.x, Node, .NET's ConfluentKafka
            "messaging.destination",        // before v1.17, Python, older Node and Go, guides
            "messaging.source.name",        // consumers of v1.17 to v1.20
            "messaging.source",             // guides
            "messaging.kafka.topic",
            "kafka.topic"),
        .. Of(SaidBy.Partition,
            "messaging.destination.partition.id",
            "messaging.kafka.destination.partition",
            "messaging.kafka.source.partition", // consumers of v1.17 to v1.20, Go's kotel
            "messaging.kafka.partition",    // Python, older Java and Go, guides
            "messaging.kafka.message.partition",
            "messaging.message.partition",  // guides
            "messaging.partition",
            "kafka.partition"),
        .. Of(SaidBy.Offset,
            "messaging.kafka.offset",
            "messaging.kafka.message.offset",
            "messaging.message.offset",     // guides
            "messaging.kafka.source.offset",
            "messaging.offset",
            "kafka.offset"),
        .. Of(SaidBy.Group,
            "messaging.consumer.group.name",
            "messaging.kafka.consumer.group",
            "messaging.kafka.consumer_group", // before v1.17
            "messaging.consumer.group",
            "kafka.consumer.group",         // guides; also on the resource
            "kafka.group.id",
            "kafka.group"),
        .. Of(SaidBy.ClientId,
            "messaging.client.id",
            "messaging.client_id",          // v1.24
            "messaging.kafka.client_id",
            "messaging.kafka.client.id"),
        .. Of(SaidBy.ClusterId, "messaging.kafka.cluster.id", "kafka.cluster.id"),
        .. Of(SaidBy.ServerAddress, "server.address", "net.peer.name", "messaging.kafka.bootstrap.servers"),
        .. Of(SaidBy.ServerPort, "server.port", "net.peer.port"),
        .. Of(SaidBy.Key,
            "messaging.kafka.message.key",
            "messaging.kafka.message_key",  // before v1.17
            "messaging.message.key",
            "kafka.key"),
        .. Of(SaidBy.Tombstone, "messaging.kafka.message.tombstone", "messaging.kafka.tombstone"),
        .. Of(SaidBy.BatchCount, "messaging.batch.message_count", "messaging.batch_size", "messaging.batch.size"),
        .. Of(SaidBy.BodySize,
            "messaging.message.body.size",
            "messaging.message.payload_size_bytes",
            "messaging.message_payload_size_bytes"),
        .. Of(SaidBy.MessageId, "messaging.message.id", "messaging.message_id"),
        .. Of(SaidBy.TraceHeaderBytes, "throughline.send.trace_header_bytes"),
        .. Of(SaidBy.RecordTimestamp, "throughline.record.timestamp_unix_ms"),
        .. Of(SaidBy.RecordTimestampType, "throughline.record.timestamp_type"),
        .. Of(SaidBy.RecordReceived, "throughline.record.received_unix_nano"),
        .. Of(SaidBy.SendOutcome, "throughline.send.outcome"),
        .. Of(SaidBy.HeadersDropped, "throughline.send.headers_dropped"),
        .. Of(SaidBy.TraceParentHeader, "messaging.header.traceparent"), // Throughline, Java agent: where captured
        .. Of(SaidBy.ProcessOutcome, "throughline.process.outcome"),
        .. Of(SaidBy.FailureDestination, "throughline.failure.destination"),
        .. Of(SaidBy.RetryRound, "throughline.retry.round"),
        .. Of(SaidBy.OriginalTopic, "throughline.original.topic"),
        .. Of(SaidBy.OriginalPartition, "throughline.original.partition"),
        .. Of(SaidBy.OriginalOffset, "throughline.original.offset"),
        .. Of(SaidBy.TransactionId, "throughline.transaction.id"),
        .. Of(SaidBy.TransactionSequence, "throughline.transaction.sequence"),
        .. Of(SaidBy.ErrorType, "error.type"),
        .. Of(SaidBy.ExceptionType, "exception.type"),
        .. Of(SaidBy.Service, "service.name"),
        .. Of(SaidBy.ServiceVersion, "service.version"),
        .. Of(SaidBy.Environment, "deployment.environment.name", "deployment.environment"),
    ]);

    /// <summary>How many things there are to be said.</summary>
    public const int SaidCount = (int)SaidBy.Environment + 1;

    /// <summary>What an attribute of this name says; null where nobody here asks.</summary>
    public static AttributeAlias? Find(ReadOnlySpan<byte> name)
    {
        for (var place = Hash(name); Places[place % PlacesCount] is { } alias; place++)
        {
            if (name.SequenceEqual(alias.Name))
            {
                return alias;
            }
        }

        return null;
    }

    /// <summary>Every name that says this, the one that counts most first: what a search by a known field looks at.</summary>
    public static IReadOnlyList<string> NamesOf(SaidBy says) =>
    [
        .. Places.OfType<AttributeAlias>().Where(alias => alias.Says == says).OrderBy(alias => alias.Rank)
            .Select(alias => Encoding.UTF8.GetString(alias.Name)),
    ];

    private static IEnumerable<AttributeAlias> Of(SaidBy says, params string[] names) =>
        names.Select((name, rank) => new AttributeAlias(
            Encoding.UTF8.GetBytes(name), says, (byte)rank, name.Contains("kafka", StringComparison.Ordinal)));

    private static AttributeAlias?[] Place(IEnumerable<AttributeAlias> aliases)
    {
        var places = new AttributeAlias?[PlacesCount];
        foreach (var alias in aliases)
        {
            var place = Hash(alias.Name) % PlacesCount;
            while (places[place] is not null)
            {
                place = (place + 1) % PlacesCount;
            }

            places[place] = alias;
        }

        return places;
    }

    // Names differ in their length and their ends. The table does not change: nobody can fill it from outside.
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var end = name.Length >= sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]) : 0;
        return (uint)(((end ^ ((ulong)name.Length * 0x9E3779B97F4A7C15)) * 0xFF51AFD7ED558CCD) >> 40);
    }
}

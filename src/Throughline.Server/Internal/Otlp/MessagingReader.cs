using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>Turns what a span's attributes, name and kind say of a record into <see cref="MessagingFacts"/>.</summary>
internal sealed class MessagingReader(Names names)
{
    private const int ServerLengthMax = 256;
    private const string Kafka = "kafka";
    private const string UnknownSystem = "unknown";

    /// <summary>Null where the span is not about messages.</summary>
    public MessagingFacts? Read(in AttributeReadings said, ReadOnlySpan<byte> name, SpanKind kind, SpanSource source)
    {
        // 1. Is it about messages at all? A system named, a destination, Kafka's own attributes, or Kafka's own span names.
        if (System(in said, name, kind, source) is not { } system)
        {
            return null;
        }

        // 2. What was done: the attribute, else the span's name, else its kind.
        var operation = Operation(in said, name, kind, out var topicInName);

        // 3. Which record.
        var topic = said.Text(SaidBy.Topic)
            ?? (topicInName.IsEmpty || topicInName.Contains((byte)' ') ? null : names.Get(topicInName));
        var partition = said.SmallNumber(SaidBy.Partition);
        var offset = said.Number(SaidBy.Offset);
        RecordInMessageId(said.Utf8(SaidBy.MessageId), said.Utf8(SaidBy.Topic), ref partition, ref offset);

        // 4. Everything else as it is said.
        return new MessagingFacts
        {
            System = system,
            Operation = operation,
            Topic = topic,
            Partition = partition,
            Offset = offset,
            Group = said.Text(SaidBy.Group) ?? (kind is SpanKind.Producer ? null : source.ConsumerGroup),
            ClientId = said.Text(SaidBy.ClientId),
            ClusterId = said.Text(SaidBy.ClusterId),
            Server = Server(in said),
            Key = said.TextOnce(SaidBy.Key),
            IsTombstone = said.IsTrue(SaidBy.Tombstone),
            BatchCount = said.SmallNumber(SaidBy.BatchCount),
            BodySize = said.Number(SaidBy.BodySize),
            TraceHeaderBytes = said.SmallNumber(SaidBy.TraceHeaderBytes),
            RecordTimestampUnixMs = said.Number(SaidBy.RecordTimestamp),
            IsLogAppendTime = said.Utf8(SaidBy.RecordTimestampType).SequenceEqual("LogAppendTime"u8),
            ReceivedUnixNs = said.Number(SaidBy.RecordReceived),
            SendOutcome = said.Text(SaidBy.SendOutcome),
            HeadersDropped = said.Text(SaidBy.HeadersDropped),
            TraceParentHeader = said.Lines(SaidBy.TraceParentHeader),
            ProcessOutcome = said.Text(SaidBy.ProcessOutcome),
            FailureDestination = said.Text(SaidBy.FailureDestination),
            RetryRound = said.SmallNumber(SaidBy.RetryRound),
            OriginalTopic = said.Text(SaidBy.OriginalTopic),
            OriginalPartition = said.SmallNumber(SaidBy.OriginalPartition),
            OriginalOffset = said.Number(SaidBy.OriginalOffset),
            TransactionId = said.Text(SaidBy.TransactionId),
            TransactionSequence = said.Number(SaidBy.TransactionSequence),
        };
    }

    /// <summary>
    /// Reads <c>topic.partition.offset</c>, which Python's instrumentations have for a message's id: only where it begins
    /// with the span's own topic, since other systems' ids are anything.
    /// </summary>
    public static void RecordInMessageId(
        ReadOnlySpan<byte> id, ReadOnlySpan<byte> topic, ref int partition, ref long offset)
    {
        if (offset >= 0 || topic.IsEmpty || id.Length <= topic.Length || !id.StartsWith(topic) || id[topic.Length] != '.')
        {
            return;
        }

        var rest = id[(topic.Length + 1)..];
        var dot = rest.IndexOf((byte)'.');
        if (dot > 0
            && Utf8Parser.TryParse(rest[..dot], out int first, out var read) && read == dot && first >= 0
            && (partition < 0 || partition == first)
            && Utf8Parser.TryParse(rest[(dot + 1)..], out long second, out read) && read == rest.Length - dot - 1
            && second >= 0)
        {
            partition = first;
            offset = second;
        }
    }

    private string? System(in AttributeReadings said, ReadOnlySpan<byte> name, SpanKind kind, SpanSource source)
    {
        if (said.Has(SaidBy.System))
        {
            return Lower(said.Utf8(SaidBy.System));
        }

        if (said.AreKafkas)
        {
            return Kafka;
        }

        if (said.Has(SaidBy.Topic))
        {
            return UnknownSystem;
        }

        // Python's root span "recv" has no attributes; guides' "kafka.produce" may have none either.
        return kind is SpanKind.Producer or SpanKind.Consumer
            && (name.StartsWith("kafka."u8) || source.ScopeName.Contains(Kafka, StringComparison.OrdinalIgnoreCase))
            ? Kafka
            : null;
    }

    private string Lower(ReadOnlySpan<byte> system)
    {
        Span<byte> lower = stackalloc byte[64];
        return system.Length <= lower.Length && Ascii.ToLower(system, lower, out var length) == OperationStatus.Done
            ? names.Get(lower[..length])
            : names.Get(system);
    }

    private static MessagingOperation Operation(
        in AttributeReadings said, ReadOnlySpan<byte> name, SpanKind kind, out ReadOnlySpan<byte> topicInName)
    {
        var byName = OperationWords.InName(name, kind, out topicInName);
        var operation = OperationWords.Of(said.Utf8(SaidBy.Operation), kind);
        if (operation == MessagingOperation.None)
        {
            operation = OperationWords.Of(said.Utf8(SaidBy.OperationName), kind);
        }

        if (operation == MessagingOperation.None)
        {
            operation = byName;
        }

        return operation != MessagingOperation.None ? operation
            : kind switch
            {
                SpanKind.Producer => MessagingOperation.Send,
                SpanKind.Consumer => MessagingOperation.Process,
                _ => MessagingOperation.None,
            };
    }

    /// <summary>The server's address, with its port where told; or null.</summary>
    public string? Server(in AttributeReadings said)
    {
        var address = said.Utf8(SaidBy.ServerAddress);
        var port = said.Number(SaidBy.ServerPort);
        if (address.IsEmpty || address.Length > ServerLengthMax || port < 0)
        {
            return address.IsEmpty ? null : names.Get(address);
        }

        const int PortLengthMax = 20;
        Span<byte> both = stackalloc byte[ServerLengthMax + 1 + PortLengthMax];
        address.CopyTo(both);
        both[address.Length] = (byte)':';
        Utf8Formatter.TryFormat(port, both[(address.Length + 1)..], out var written);
        return names.Get(both[..(address.Length + 1 + written)]);
    }
}

using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Fixtures;

/// <summary>
/// Spans as the instrumentations write them: who continues a trace, who links, who tells which place. Seen on real clients,
/// or read in their sources.
/// </summary>
internal sealed class Clients(SteppedTime time, int seed = 1)
{
    private readonly Random _random = new(seed);
    private ulong _spans = (ulong)seed << 32;

    public const long Ms = 1_000_000;

    public SteppedTime Time => time;

    /// <summary>What a span says of its record.</summary>
    public sealed record Record(string Topic, int Partition = -1, long Offset = -1)
    {
        public MessagingFacts As(MessagingOperation operation, string? group = null, long timestampUnixNs = -1, long receivedUnixNs = -1) => new()
        {
            System = "kafka",
            Operation = operation,
            Topic = Topic,
            Partition = Partition,
            Offset = Offset,
            Group = group,
            RecordTimestampUnixMs = timestampUnixNs < 0 ? -1 : timestampUnixNs / Ms,
            ReceivedUnixNs = receivedUnixNs,
        };
    }

    public TraceId NewTrace() => new((ulong)_random.NextInt64(), (ulong)_random.NextInt64(1, long.MaxValue));

    /// <summary>Spans that start at once are in the order in which they were made.</summary>
    public ulong NewSpan() => ++_spans;

    public SpanFacts Span(
        string service,
        SpanKey? parent = null,
        string name = "work",
        SpanKind kind = SpanKind.Internal,
        MessagingFacts? messaging = null,
        IReadOnlyList<SpanLink>? links = null,
        string scope = "app",
        string? environment = null,
        bool? isParentRemote = null,
        long? start = null,
        long durationNs = 5 * Ms,
        double weight = 1) => new()
        {
            TraceId = parent?.TraceId ?? NewTrace(),
            SpanId = NewSpan(),
            ParentSpanId = parent?.SpanId ?? 0,
            Kind = kind,
            Name = name,
            Source = Sources.Of(service, scope, environment),
            StartUnixNs = start ?? time.UnixNs,
            EndUnixNs = (start ?? time.UnixNs) + durationNs,
            Messaging = messaging,
            Links = links ?? [],
            IsParentRemote = parent is null ? null : isParentRemote,
            Weight = weight,
        };

    /// <summary>Throughline: the delivery report tells the place.</summary>
    public SpanFacts ThroughlineSend(string service, Record record, SpanKey? parent = null, long? start = null, string? environment = null) =>
        Span(service, parent, $"send {record.Topic}", SpanKind.Producer, record.As(MessagingOperation.Send), scope: "Throughline.Kafka", start: start, environment: environment);

    /// <summary>Throughline: child of the send and linked to it; the record's times are told.</summary>
    public SpanFacts ThroughlineProcess(
        string service, string group, Record record, SpanFacts? send, long? start = null, params SpanFacts[] origins)
    {
        var begins = start ?? time.UnixNs;
        var sent = send?.StartUnixNs + Ms ?? begins - (20 * Ms);
        var links = (send is null ? [] : new[] { send }).Concat(origins).Select(span => new SpanLink(span.Key, -1, -1)).ToArray();
        return Span(
            service, send?.Key, $"process {record.Topic}", SpanKind.Consumer, record.As(MessagingOperation.Process, group, sent, begins - Ms),
            links, "Throughline.Kafka", isParentRemote: true, start: begins);
    }

    /// <summary>OpenTelemetry's Java agent: the trace goes on, without a link.</summary>
    public SpanFacts JavaPublish(string service, Record record, SpanKey? parent = null, long? start = null) =>
        Span(service, parent, $"{record.Topic} publish", SpanKind.Producer, record.As(MessagingOperation.Send), scope: "io.opentelemetry.kafka-clients-0.11", start: start);

    public SpanFacts JavaProcess(string service, string group, Record record, SpanFacts send, long? start = null) =>
        Span(service, send.Key, $"{record.Topic} process", SpanKind.Consumer, record.As(MessagingOperation.Process, group), scope: "io.opentelemetry.kafka-clients-0.11", isParentRemote: true, start: start);

    /// <summary>Python's confluent-kafka: the send tells neither partition nor offset.</summary>
    public SpanFacts PythonSend(string service, string topic, SpanKey? parent = null, long? start = null) =>
        Span(service, parent, $"{topic} send", SpanKind.Producer, new Record(topic).As(MessagingOperation.Send), scope: "opentelemetry.instrumentation.confluent_kafka", start: start);

    /// <summary>A root span <c>recv</c> without attributes, and under it the processing with a link; no group.</summary>
    public (SpanFacts Recv, SpanFacts Process) PythonProcess(string service, Record record, SpanFacts? send, long? start = null)
    {
        const string Scope = "opentelemetry.instrumentation.confluent_kafka";
        var recv = Span(service, null, "recv", SpanKind.Consumer, scope: Scope, start: start);
        var links = send is null ? Array.Empty<SpanLink>() : [new(send.Key, -1, -1)];
        return (recv, Span(service, recv.Key, $"{record.Topic} process", SpanKind.Consumer, record.As(MessagingOperation.Process), links, Scope, isParentRemote: false, start: start));
    }

    /// <summary>OpenTelemetry's .NET instrumentation of Confluent.Kafka: receive spans that are roots and link to the send.</summary>
    public SpanFacts DotNetReceive(string service, string group, Record record, SpanFacts send, long? start = null) =>
        Span(service, null, $"{record.Topic} receive", SpanKind.Consumer, record.As(MessagingOperation.Receive, group), [new(send.Key, -1, -1)], "OpenTelemetry.Instrumentation.ConfluentKafka", start: start);

    /// <summary>The same with ConsumeAndProcessMessageAsync: another root, linked alike.</summary>
    public SpanFacts DotNetProcess(string service, string group, Record record, SpanFacts send, long? start = null) =>
        Span(service, null, $"{record.Topic} process", SpanKind.Consumer, record.As(MessagingOperation.Process, group), [new(send.Key, -1, -1)], "OpenTelemetry.Instrumentation.ConfluentKafka", start: start);

    /// <summary>Node's kafkajs, eachMessage: the trace goes on.</summary>
    public SpanFacts NodeProcess(string service, Record record, SpanFacts send, long? start = null) =>
        Span(service, send.Key, $"process {record.Topic}", SpanKind.Consumer, record.As(MessagingOperation.Process), scope: "@opentelemetry/instrumentation-kafkajs", isParentRemote: true, start: start);

    /// <summary>Node's kafkajs, eachBatch: one poll, and under it a processing a record, each with a link.</summary>
    public (SpanFacts Poll, SpanFacts[] Processes) NodeBatch(string service, IReadOnlyList<(Record Record, SpanFacts Send)> records)
    {
        const string Scope = "@opentelemetry/instrumentation-kafkajs";
        var topic = records[0].Record.Topic;
        var poll = Span(service, null, $"poll {topic}", SpanKind.Consumer, With(new Record(topic).As(MessagingOperation.Receive), records.Count), scope: Scope);
        return (poll, [.. records.Select(one => Span(
            service, poll.Key, $"process {topic}", SpanKind.Consumer, one.Record.As(MessagingOperation.Process), [new(one.Send.Key, -1, -1)], Scope, isParentRemote: false))]);
    }

    /// <summary>A batch by the conventions: the records' places are on the links.</summary>
    public SpanFacts Batch(string service, string group, IReadOnlyList<(Record Record, SpanFacts Send)> records, long? start = null)
    {
        var topic = records.Select(one => one.Record.Topic).Distinct().Count() == 1 ? records[0].Record.Topic : null;
        var facts = new MessagingFacts { System = "kafka", Operation = MessagingOperation.Process, Topic = topic, Group = group, BatchCount = records.Count };
        return Span(
            service, null, "process", SpanKind.Consumer, facts,
            [.. records.Select(one => new SpanLink(one.Send.Key, one.Record.Partition, one.Record.Offset, one.Record.Topic))], "Throughline.Kafka", start: start);
    }

    private static MessagingFacts With(MessagingFacts facts, int batchCount) =>
        new() { System = facts.System, Operation = facts.Operation, Topic = facts.Topic, BatchCount = batchCount };
}

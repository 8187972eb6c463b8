using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Otlp;

/// <summary>What each instrumentation writes, as it was seen on the wire or stands in its documentation.</summary>
public sealed class InstrumentationTests
{
    private const int Client = 3;
    private const int Producer = 4;
    private const int Consumer = 5;

    [Fact]
    public void Throughline_and_the_current_conventions()
    {
        var process = Read("process orders", Consumer,
            ("messaging.system", "kafka"), ("messaging.operation.name", "process"), ("messaging.operation.type", "process"),
            ("messaging.destination.name", "orders"), ("messaging.destination.partition.id", "2"),
            ("messaging.kafka.offset", 17), ("messaging.consumer.group.name", "billing"), ("messaging.client.id", "c1"),
            ("messaging.kafka.message.key", "k"), ("messaging.kafka.cluster.id", "cluster"),
            ("server.address", "broker"), ("server.port", 9092), ("messaging.message.body.size", 120),
            ("throughline.record.timestamp_unix_ms", 1_700_000_000_000L), ("throughline.record.timestamp_type", "LogAppendTime"),
            ("throughline.record.received_unix_nano", 1_700_000_000_500_000_000L), ("throughline.process.outcome", "dead_lettered"),
            ("throughline.failure.destination", "orders.dlq"), ("throughline.retry.round", 2),
            ("throughline.original.topic", "orders"), ("throughline.original.partition", 1), ("throughline.original.offset", 9));

        Assert.Equal(("kafka", MessagingOperation.Process, "orders", 2, 17, "billing"), Record(process));
        Assert.Equal(("c1", "k", "cluster", "broker:9092"), (process.ClientId!, process.Key!, process.ClusterId!, process.Server!));
        Assert.Equal((120, 1_700_000_000_000, true), (process.BodySize, process.RecordTimestampUnixMs, process.IsLogAppendTime));
        Assert.Equal(
            ("dead_lettered", "orders.dlq", 2, "orders", 1, 9),
            (process.ProcessOutcome!, process.FailureDestination!, process.RetryRound, process.OriginalTopic!, process.OriginalPartition, process.OriginalOffset));
        Assert.Equal(1_700_000_000_500_000_000, process.ReceivedUnixNs);
    }

    [Fact]
    public void Trace_headers_that_were_captured_or_left_out()
    {
        var process = Read("process orders", Consumer,
            ("messaging.system", "kafka"), ("messaging.header.traceparent", new object[] { "00-first", "00-second" }));
        var send = Read("send orders", Producer,
            ("messaging.system", "kafka"), ("throughline.send.headers_dropped", "too large"),
            ("throughline.send.trace_header_bytes", 70));

        Assert.Equal("00-first\n00-second", process.TraceParentHeader);
        Assert.Equal(("too large", 70), (send.HeadersDropped!, send.TraceHeaderBytes));
    }

    [Fact]
    public void The_v1_24_names_and_the_Java_agent() => Assert.Equal(
        ("kafka", MessagingOperation.Process, "interop", 2, 5, "java-group"),
        Record(Read("interop process", Consumer,
            ("messaging.system", "kafka"), ("messaging.operation", "process"), ("messaging.destination.name", "interop"),
            ("messaging.destination.partition.id", "2"), ("messaging.kafka.message.offset", 5),
            ("messaging.kafka.consumer.group", "java-group"), ("messaging.client_id", "consumer-1"),
            ("messaging.message.body.size", 3))));

    [Fact]
    public void Where_both_generations_of_names_are_written_the_current_ones_count()
    {
        var facts = Read("send orders", Producer,
            ("messaging.system", "kafka"), ("messaging.operation", "publish"), ("messaging.operation.type", "create"),
            ("messaging.kafka.destination.partition", 4), ("messaging.destination.partition.id", "4"),
            ("messaging.kafka.offset", 7), ("messaging.kafka.message.offset", 8), ("messaging.destination.name", "orders"));

        Assert.Equal(("kafka", MessagingOperation.Create, "orders", 4, 7, null), Record(facts));
    }

    [Fact]
    public void Pythons_send_has_neither_partition_nor_offset() => Assert.Equal(
        ("kafka", MessagingOperation.Send, "pyi", -1, -1, null),
        Record(Read("pyi send", Producer,
            ("messaging.system", "kafka"), ("messaging.destination", "pyi"), ("messaging.destination_kind", "queue"),
            ("messaging.operation", "publish"))));

    [Fact]
    public void Pythons_process_has_the_offset_in_the_messages_id() => Assert.Equal(
        ("kafka", MessagingOperation.Process, "pyi", 0, 12, null),
        Record(Read("pyi process", Consumer,
            ("messaging.system", "kafka"), ("messaging.destination", "pyi"), ("messaging.kafka.partition", 0),
            ("messaging.message.id", "pyi.0.12"), ("messaging.operation", "process"))));

    [Theory]
    [InlineData("pyi.1.12")]
    [InlineData("pyi.0.")]
    [InlineData("pyi.0.x")]
    [InlineData("other.0.12")]
    [InlineData("pyi")]
    [InlineData("pyi.-1.-1")]
    public void A_messages_id_that_is_something_else_is_no_offset(string id) => Assert.Equal(-1, Read("pyi process", Consumer,
        ("messaging.system", "kafka"), ("messaging.destination", "pyi"), ("messaging.kafka.partition", 0),
        ("messaging.message.id", id)).Offset);

    [Fact]
    public void Pythons_recv_without_attributes_is_known_by_its_scope()
    {
        var span = Assert.Single(new OtlpDecoder().Traces(OtlpRequest.Of(
            request => OtlpRequest.AddSpan(request, "recv", Consumer),
            scope: "opentelemetry.instrumentation.confluent_kafka")).Spans);

        Assert.Equal(("kafka", MessagingOperation.Receive, null, -1, -1, null), Record(span.Messaging!));
    }

    [Fact]
    public void Nodes_kafkajs() => Assert.Equal(
        ("kafka", MessagingOperation.Receive, "orders", -1, -1, null),
        Record(Read("poll orders", Client,
            ("messaging.system", "kafka"), ("messaging.operation.name", "poll"), ("messaging.operation.type", "receive"),
            ("messaging.destination.name", "orders"), ("messaging.batch.message_count", 3))));

    [Fact]
    public void DotNets_ConfluentKafka() => Assert.Equal(
        ("kafka", MessagingOperation.Send, "orders", 1, 4, null),
        Record(Read("orders publish", Producer,
            ("messaging.system", "kafka"), ("messaging.client_id", "rdkafka"), ("messaging.destination.name", "orders"),
            ("messaging.operation", "publish"), ("messaging.kafka.destination.partition", 1),
            ("messaging.kafka.message.offset", 4), ("messaging.kafka.message.key", "k"))));

    [Theory]
    [InlineData("messaging.destination", "messaging.message.partition", "messaging.message.offset", "messaging.kafka.consumer.group")]
    [InlineData("messaging.source", "messaging.kafka.partition", "messaging.kafka.offset", "kafka.consumer.group")]
    [InlineData("messaging.source.name", "messaging.kafka.source.partition", "messaging.kafka.message.offset", "messaging.kafka.consumer_group")]
    public void The_names_that_guides_use(string topic, string partition, string offset, string group) => Assert.Equal(
        ("kafka", MessagingOperation.Process, "orders", 3, 99, "billing"),
        Record(Read("kafka.consume", Consumer,
            ("messaging.system", "kafka"), (topic, "orders"), (partition, 3), (offset, 99), (group, "billing"))));

    [Fact]
    public void A_group_that_only_the_resource_has_is_its_consumers()
    {
        var spans = new OtlpDecoder().Traces(OtlpRequest.Of(
            request =>
            {
                OtlpRequest.AddSpan(request, "kafka.produce", Producer);
                OtlpRequest.AddSpan(request, "kafka.consume", Consumer);
            },
            "billing", "guide", ("kafka.consumer.group", "billing-group"))).Spans;

        Assert.Equal(
            [(MessagingOperation.Send, null), (MessagingOperation.Process, "billing-group")],
            spans.Select(span => (span.Messaging!.Operation, span.Messaging.Group)));
    }

    [Theory]
    [InlineData("orders publish", Producer, "orders", nameof(MessagingOperation.Send))]
    [InlineData("orders send", Producer, "orders", nameof(MessagingOperation.Send))]
    [InlineData("orders receive", Consumer, "orders", nameof(MessagingOperation.Receive))]
    [InlineData("orders recv", Consumer, "orders", nameof(MessagingOperation.Receive))]
    [InlineData("orders process", Consumer, "orders", nameof(MessagingOperation.Process))]
    [InlineData("process orders", Consumer, "orders", nameof(MessagingOperation.Process))]
    [InlineData("commit orders", Client, "orders", nameof(MessagingOperation.Settle))]
    [InlineData("kafka.produce", Producer, null, nameof(MessagingOperation.Send))]
    [InlineData("handling of an order", Consumer, null, nameof(MessagingOperation.Process))]
    [InlineData("handling of an order", Producer, null, nameof(MessagingOperation.Send))]
    [InlineData("handling of an order", Client, null, nameof(MessagingOperation.None))]
    [InlineData("process the next order", Consumer, null, nameof(MessagingOperation.Process))]
    public void Without_attributes_the_operation_is_the_names_else_the_kinds(
        string name, int kind, string? topic, string operation)
    {
        var facts = Read(name, kind, ("messaging.system", "Kafka"));

        Assert.Equal(("kafka", operation, topic), (facts.System, facts.Operation.ToString(), facts.Topic));
    }

    [Fact]
    public void Every_attribute_name_is_found_and_says_one_thing()
    {
        foreach (var says in Enum.GetValues<SaidBy>().Where(says => says != SaidBy.Nothing))
        {
            var names = AttributeAliases.NamesOf(says);
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.Equal(says, AttributeAliases.Find(System.Text.Encoding.UTF8.GetBytes(name))!.Says));
        }

        Assert.Null(AttributeAliases.Find("messaging.destination.nam"u8));
        Assert.Null(AttributeAliases.Find(""u8));
    }

    private static (string, MessagingOperation, string?, int, long, string?) Record(MessagingFacts facts) =>
        (facts.System, facts.Operation, facts.Topic, facts.Partition, facts.Offset, facts.Group);

    private static MessagingFacts Read(string name, int kind, params (string, object)[] attributes) =>
        Assert.Single(new OtlpDecoder().Traces(OtlpRequest.Of(
            request => OtlpRequest.AddSpan(request, name, kind, attributes: attributes))).Spans).Messaging!;
}

using System.Diagnostics;
using Confluent.Kafka;
using NSubstitute;
using OpenTelemetry;
using Throughline.Kafka.Internal.Capture;

namespace Throughline.Kafka.Tests;

/// <summary>What filters leave out, what enrichments add, and what both are given.</summary>
public sealed class HookTests : IDisposable
{
    private const string TraceParent = "00-a089791ef1d00b034c087612d0b5443f-37681fb70a85e881-01";

    private readonly RecordTold _told = new();
    private readonly IProducer<string, string> _inner = Substitute.For<IProducer<string, string>>();
    private readonly IConsumer<string, string> _innerConsumer = Substitute.For<IConsumer<string, string>>();

    public void Dispose() => _told.Dispose();

    [Fact]
    public void Filtered_send_has_no_span_and_carries_the_callers_own_context()
    {
        Message<string, string>? sent = null;
        _inner.Produce(_told.Topic, Arg.Do<Message<string, string>>(it => sent = it), Arg.Any<Action<DeliveryReport<string, string>>>());
        using var producer = _inner.WithTracing(options: new() { FilterSend = record => (string?)record.Key != "noise" });
        using var ambient = new Activity("ambient").SetIdFormat(ActivityIdFormat.W3C).Start();
        producer.Produce(_told.Topic, new() { Key = "noise", Value = "v" });
        Assert.Equal(ambient.Id, new TracedHeaders(sent!).TraceParent);
        Assert.Empty(_told.Spans);
        producer.Produce(_told.Topic, new() { Key = "news", Value = "v" });
        Assert.NotEqual(ambient.Id, new TracedHeaders(sent!).TraceParent);
        Assert.Same(ambient, Activity.Current);
    }

    [Fact]
    public void Filtered_send_with_a_creation_context_of_its_own_keeps_it()
    {
        Message<string, string>? sent = null;
        _inner.Produce(_told.Topic, Arg.Do<Message<string, string>>(it => sent = it), Arg.Any<Action<DeliveryReport<string, string>>>());
        using var producer = _inner.WithTracing(options: new() { FilterSend = _ => false, ExistingContext = ExistingContext.Link });
        producer.Produce(_told.Topic, new() { Value = "v", Headers = Headers(("traceparent", TraceParent)) });
        Assert.Equal(TraceParent, new TracedHeaders(sent!).TraceParent);
        Assert.Empty(_told.Spans);
    }

    [Fact]
    public void Filtered_record_is_handled_in_the_context_it_carries()
    {
        using var consumer = _innerConsumer.WithTracing(options: new() { FilterProcess = record => record.Header("kind") is null });
        using (var scope = consumer.StartProcess(Record(("kind", "heartbeat"), ("traceparent", TraceParent), ("baggage", "tenant=blue"))))
        {
            Assert.Equal("a089791ef1d00b034c087612d0b5443f", Activity.Current!.TraceId.ToHexString());
            Assert.Equal("blue", Baggage.GetBaggage("tenant"));
        }

        Assert.Null(Activity.Current);
        Assert.Empty(_told.Spans);
    }

    [Fact]
    public void Handler_of_a_filtered_record_without_context_does_not_see_what_was_current_by_accident()
    {
        using var consumer = _innerConsumer.WithTracing(options: new() { FilterProcess = _ => false });
        using var accident = new Activity("accident").Start();
        using (consumer.StartProcess(Record()))
        {
            Assert.Null(Activity.Current);
        }

        using (consumer.StartBatch([Record()]))
        {
            Assert.Null(Activity.Current);
        }

        Assert.Same(accident, Activity.Current);
        Assert.Empty(_told.Spans);
    }

    [Fact]
    public async Task Batch_links_to_the_records_that_are_not_filtered_and_counts_them_all()
    {
        using var consumer = _innerConsumer.WithTracing(options: new() { FilterProcess = record => record.Header("kind") is null });
        using (consumer.StartBatch([Record(("traceparent", TraceParent)), Record(("traceparent", TraceParent), ("kind", "heartbeat"))]))
        {
        }

        var span = Assert.Single(await _told.WaitForAsync(1));
        Assert.Single(span.Links);
        Assert.Equal(2, span.Tag("messaging.batch.message_count"));
    }

    [Fact]
    public async Task Untraced_topics_have_no_spans_of_any_kind()
    {
        var options = new KafkaTracingOptions { PollSpans = true, UntracedTopics = { _told.Topic[..12] + "*" } };
        using var producer = _inner.WithTracing(options: options);
        _innerConsumer.Consume(0).Returns(Record());
        using var consumer = _innerConsumer.WithTracing(options: options);
        producer.Produce(_told.Topic, new() { Value = "v" });
        await producer.ProduceAsync(new TopicPartition(_told.Topic, 1), new() { Value = "v" });
        var record = consumer.Consume(0);
        using (consumer.StartProcess(record))
        {
        }

        using (consumer.StartBatch([record]))
        {
        }

        consumer.Commit(record);
        Assert.Empty(_told.Spans);
    }

    [Fact]
    public async Task Hooks_are_given_the_record()
    {
        var seen = new List<TracedRecord>();
        var timestamp = new Timestamp(1_790_000_000_000, TimestampType.CreateTime);
        var options = new KafkaTracingOptions
        {
            FilterSend = Keep,
            FilterProcess = Keep,
            EnrichSend = (span, record) => span.SetTag("send.key", record.Key),
            EnrichProcess = (span, record) => span.SetTag("process.value", record.Value),
        };
        bool Keep(TracedRecord record)
        {
            seen.Add(record);
            return true;
        }

        using var producer = _inner.WithTracing(new() { DeliveryReports = false }, options);
        producer.Produce(new TopicPartition(_told.Topic, 2), new() { Key = "k", Value = "v", Timestamp = timestamp, Headers = Headers(("h", "1"), ("h", "2")) });
        producer.Produce(_told.Topic, new() { Key = "k", Value = "v" });
        using var consumer = _innerConsumer.WithTracing(options: options);
        using (consumer.StartProcess(Record(("h", "3"))))
        {
        }

        Assert.Equal([2, Partition.Any, 3], seen.Select(record => record.Partition));
        Assert.Equal([Offset.Unset, Offset.Unset, 42], seen.Select(record => record.Offset));
        Assert.Equal(["2", null, "3"], seen.Select(record => record.Header("h")));
        Assert.All(seen, record => Assert.Equal((_told.Topic, "k", "v"), (record.Topic, record.Key, record.Value)));
        Assert.Equal(timestamp, seen[0].Timestamp);
        Assert.Null(seen[1].Headers);
        var spans = await _told.WaitForAsync(3);
        Assert.Equal(["k", "k", null], spans.Select(span => span.Tag("send.key")));
        Assert.Equal([null, null, "v"], spans.Select(span => span.Tag("process.value")));
    }

    [Fact]
    public void Nothing_that_a_hook_makes_ambient_stays()
    {
        static bool Leave(TracedRecord record)
        {
            new Activity("left by a hook").Start();
            Baggage.SetBaggage("left", "behind");
            return true;
        }

        var options = new KafkaTracingOptions
        {
            FilterSend = Leave,
            FilterProcess = Leave,
            EnrichSend = (_, record) => Leave(record),
            EnrichProcess = (_, record) => Leave(record),
        };
        using var producer = _inner.WithTracing(options: options);
        using var consumer = _innerConsumer.WithTracing(options: options);
        producer.Produce(_told.Topic, new() { Value = "v" });
        Assert.Null(Activity.Current);
        using (var scope = consumer.StartProcess(Record()))
        {
            Assert.Same(scope.Activity, Activity.Current);
            Assert.Equal(0, Baggage.Current.Count);
        }

        Assert.Null(Activity.Current);
        Assert.Equal(0, Baggage.Current.Count);
    }

    [Fact]
    public void Hook_that_sends_is_not_called_for_what_it_sends()
    {
        var calls = 0;
        TracingProducer<string, string>? producer = null;
        producer = _inner.WithTracing(options: new()
        {
            EnrichSend = (_, _) =>
            {
                calls++;
                producer!.Produce(_told.Topic, new() { Value = "from the hook" });
            },
        });
        producer.Produce(_told.Topic, new() { Value = "v" });
        Assert.Equal(1, calls);
        _inner.ReceivedWithAnyArgs(2).Produce(_told.Topic, default!);
        producer.Dispose();
    }

    [Fact]
    public void Filter_costs_no_object()
    {
        var hooks = new RecordHooks(new() { FilterProcess = static record => record.Partition.Value == 3 && record.Key is "k" });
        var record = Record();
        Assert.True(hooks.Traces(record));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            hooks.Traces(record);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private ConsumeResult<string, string> Record(params (string Name, string Value)[] headers)
    {
        var record = _told.Record("k", "v");
        record.Message.Headers = Headers(headers);
        return record;
    }

    private static Headers Headers(params (string Name, string Value)[] headers)
    {
        var made = new Headers();
        foreach (var (name, value) in headers)
        {
            made.Add(name, RecordTold.Utf8(value));
        }

        return made;
    }

    private readonly record struct TracedHeaders(MessageMetadata Message)
    {
        public string? TraceParent => Message.Headers is { } headers && headers.TryGetLastBytes("traceparent", out var value)
            ? System.Text.Encoding.UTF8.GetString(value)
            : null;
    }
}

using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests;

public abstract class ConsumerSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    [Fact]
    public async Task Record_is_processed_in_the_trace_it_was_sent_in()
    {
        var topic = await CreateTopicAsync(partitions: 3);
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic, configure: config => config.ClientId = "billing-1");
        using (Start("request", topic))
        {
            SetBaggage("tenant", "blue green");
            await producer.ProduceAsync(new TopicPartition(topic, 1), Message());
            Baggage.Current = default;
        }

        var before = DateTimeOffset.UtcNow;
        var result = ConsumeOne(consumer);
        using (var scope = consumer.StartProcess(result))
        {
            Assert.Same(scope.Activity, Activity.Current);
            await Task.Yield();
            Assert.Same(scope.Activity, Activity.Current);
            Assert.Equal("blue green", Baggage.Current.GetBaggage("tenant"));
            using (Start("save", topic))
            {
            }
        }

        Assert.Null(Activity.Current);
        Assert.Equal(0, Baggage.Current.Count);
        await recorder.WaitForAsync(4);
        var trace = recorder.AssertSingleTrace();
        trace.AssertNoOrphans();
        trace.Span("save").HasParent($"process {topic}");
        var process = trace.Span($"process {topic}")
            .HasParent($"send {topic}").HasLinks(1).HasLinkTo($"send {topic}")
            .HasKind(ActivityKind.Consumer).HasStatus(ActivityStatusCode.Unset)
            .HasTag("messaging.system", "kafka")
            .HasTag("messaging.operation.name", "process")
            .HasTag("messaging.operation.type", "process")
            .HasTag("messaging.destination.name", topic)
            .HasTag("messaging.destination.partition.id", "1")
            .HasTag("messaging.kafka.offset", result.Offset.Value)
            .HasTag("messaging.client.id", "billing-1")
            .HasTag("messaging.consumer.group.name")
            .HasTag("throughline.record.timestamp_unix_ms", result.Message.Timestamp.UnixTimestampMs)
            .HasTag("throughline.record.timestamp_type", "CreateTime")
            .HasNoTag("messaging.batch.message_count").HasNoTag("messaging.kafka.message.key");
        var received = DateTimeOffset.UnixEpoch.AddTicks((long)process.Span.Tag("throughline.record.received_unix_nano")! / 100);
        Assert.InRange(received, before, process.Span.Start.AddMilliseconds(50));
    }

    [Theory]
    [InlineData(ProcessCorrelation.ParentAndLink, true, 1)]
    [InlineData(ProcessCorrelation.Parent, true, 0)]
    [InlineData(ProcessCorrelation.Link, false, 1)]
    public async Task Correlation_is_chosen_for_all_by_topic_or_by_call(ProcessCorrelation correlation, bool isChild, int links)
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        await producer.ProduceAsync(topic, Message());
        var send = await recorder.WaitForAsync($"send {topic}");

        var byTopic = new KafkaTracingOptions { Correlation = ProcessCorrelation.Link };
        byTopic.CorrelationByTopic[topic] = correlation;
        using var forAll = Consumer(topic, new() { Correlation = correlation });
        using var forTopic = Consumer(topic, byTopic, config => config.GroupId += "-topic");
        using var forCall = Consumer(topic, configure: config => config.GroupId += "-call");
        using (forAll.StartProcess(ConsumeOne(forAll)))
        {
        }

        using (forTopic.StartProcess(ConsumeOne(forTopic)))
        {
        }

        using (forCall.StartProcess(ConsumeOne(forCall), correlation))
        {
        }

        var spans = (await recorder.WaitForAsync(3, span => span.Kind == ActivityKind.Consumer)).ToList();
        Assert.All(spans, span =>
        {
            Assert.Equal(isChild ? send.SpanId : default, span.ParentSpanId);
            Assert.Equal(isChild, span.TraceId == send.TraceId);
            Assert.Equal(links, span.Links.Count);
            Assert.All(span.Links, link => Assert.Equal(send.SpanId, link.Context.SpanId));
        });
    }

    [Fact]
    public async Task Record_without_context_starts_a_trace_and_never_takes_the_ambient_span_for_a_parent()
    {
        var topic = await CreateTopicAsync();
        using var bare = new ProducerBuilder<string, string>(ProducerConfig()).Build();
        await bare.ProduceAsync(topic, Message("v", ("traceparent", "00-not-a-context")));
        using var recorder = Record(topic);
        using var consumer = Consumer(topic);
        using (var loop = Start("consume loop", topic))
        {
            using (consumer.StartProcess(ConsumeOne(consumer)))
            {
            }

            Assert.Same(loop, Activity.Current);
        }

        var span = await recorder.WaitForAsync($"process {topic}");
        Assert.True(span.IsRoot);
        Assert.Empty(span.Links);
    }

    [Fact]
    public async Task Failed_handler_is_told_by_type_and_message()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic);
        await producer.ProduceAsync(topic, Message());
        using (var scope = consumer.StartProcess(ConsumeOne(consumer)))
        {
            scope.Fail(new FormatException("no such order"));
        }

        await recorder.WaitForAsync($"process {topic}");
        recorder.AssertSingleTrace().Span($"process {topic}")
            .HasStatus(ActivityStatusCode.Error, "no such order").HasTag("error.type", "System.FormatException");
    }

    [Fact]
    public async Task Batch_has_a_scope_per_record_or_one_span_with_capped_links()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic, new() { BatchLinksMax = 3 });
        for (var i = 0; i < 5; i++)
        {
            SetBaggage("number", $"{i}");
            await producer.ProduceAsync(topic, Message());
        }

        Baggage.Current = default;
        var batch = Enumerable.Range(0, 5).Select(_ => ConsumeOne(consumer)).ToList();
        using (var all = consumer.StartBatch(batch))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                using var one = consumer.StartProcess(batch[i]);
                Assert.Equal($"{i}", Baggage.Current.GetBaggage("number"));
            }

            Assert.Same(all.Activity, Activity.Current);
        }

        var spans = await recorder.WaitForAsync(6, span => span.Kind == ActivityKind.Consumer);
        var together = Assert.Single(spans, span => span.Tag("messaging.batch.message_count") is not null);
        Assert.Equal(5, together.Tag("messaging.batch.message_count"));
        Assert.Equal(2, together.Tag("throughline.batch.links_left_out"));
        Assert.True(together.IsRoot);
        var sends = recorder.Spans.Where(span => span.Kind == ActivityKind.Producer).ToList();
        Assert.Equal(sends.Take(3).Select(send => send.SpanId), together.Links.Select(link => link.Context.SpanId));
        Assert.Equal(
            sends.Select(send => send.SpanId),
            spans.Where(span => span != together).Select(span => span.ParentSpanId));
    }

    [Fact]
    public async Task Poll_span_is_made_on_request_for_each_record_and_for_nothing_else()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic, new() { PollSpans = true });
        await producer.ProduceAsync(topic, Message());
        ConsumeOne(consumer);
        Assert.Null(consumer.Consume(TimeSpan.FromMilliseconds(1)));
        Assert.Null(consumer.Consume(0));
        var poll = await recorder.WaitForAsync($"poll {topic}");
        Assert.Single(recorder.Spans, span => span.Name.StartsWith("poll", StringComparison.Ordinal));
        Assert.Equal(ActivityKind.Client, poll.Kind);
        Assert.Equal("receive", poll.Tag("messaging.operation.type"));
        Assert.Equal(0L, poll.Tag("messaging.kafka.offset"));
        Assert.True(poll.IsRoot);
        Assert.Equal(recorder.Spans[0].SpanId, Assert.Single(poll.Links).Context.SpanId);
        Assert.InRange(poll.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Commit_is_a_client_span()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic);
        await producer.ProduceAsync(topic, Message());
        consumer.Commit(ConsumeOne(consumer));
        await recorder.WaitForAsync($"commit {topic}");
        recorder.Traces[^1].Span($"commit {topic}").HasKind(ActivityKind.Client).IsRoot()
            .HasTag("messaging.operation.name", "commit").HasTag("messaging.operation.type", "settle")
            .HasTag("messaging.consumer.group.name").HasTag("messaging.destination.partition.id", "0")
            .HasTag("throughline.commit.trigger", "manual");
    }

    [Fact]
    public async Task Loop_commits_what_was_handled_and_tells_each_commit_once()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic);
        for (var i = 0; i < 10; i++)
        {
            await producer.ProduceAsync(new TopicPartition(topic, i % 2), Message($"{i}"));
        }

        using var stop = new CancellationTokenSource(Patience);
        var handled = 0;
        await consumer.ProcessAsync(
            async (result, _) =>
            {
                await Task.Yield();
                Assert.Equal($"process {topic}", Activity.Current?.DisplayName);
                if (++handled == 10)
                {
                    await stop.CancelAsync();
                }
            },
            stop.Token);
        Assert.Equal(10, handled);
        var committed = consumer.Committed([new(topic, 0), new(topic, 1)], Patience);
        Assert.Equal([5, 5], committed.Select(offset => offset.Offset.Value));
        await recorder.WaitForAsync(10, span => span.Name.StartsWith("process", StringComparison.Ordinal));
        var commit = Assert.Single(recorder.Spans, span => span.Name == $"commit {topic}");
        Assert.Equal("manual", commit.Tag("throughline.commit.trigger"));
    }

    [Fact]
    public async Task Loop_ends_with_the_handlers_exception_and_keeps_its_record_uncommitted()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic);
        await producer.ProduceAsync(topic, Message("good"));
        await producer.ProduceAsync(topic, Message("bad"));
        var thrown = await Assert.ThrowsAsync<FormatException>(() => consumer.ProcessAsync((result, _) =>
            result.Message.Value == "bad" ? throw new FormatException("bad order") : Task.CompletedTask));
        Assert.Equal("bad order", thrown.Message);
        Assert.Equal(1, consumer.Committed([new(topic, 0)], Patience).Single().Offset.Value);
        var failed = await recorder.WaitForAsync(span => span.Status == ActivityStatusCode.Error);
        Assert.Equal($"process {topic}", failed.Name);
        Assert.Equal("System.FormatException", failed.Tag("error.type"));
    }

    [Fact]
    public async Task Automatic_commits_are_told_by_the_client_that_was_built()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        var seen = new TaskCompletionSource<IConsumer<string, string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var config = ConsumerConfig();
        config.EnableAutoCommit = true;
        config.AutoCommitIntervalMs = 50;
        using var consumer = new TracingConsumerBuilder<string, string>(config)
            .SetOffsetsCommittedHandler((client, _) => seen.TrySetResult(client))
            .Build();
        consumer.Subscribe(topic);
        await producer.ProduceAsync(topic, Message());
        ConsumeOne(consumer);
        var limit = Stopwatch.StartNew();
        while (!recorder.Spans.Any(span => span.Name == $"commit {topic}") && limit.Elapsed < Patience)
        {
            consumer.Consume(10);
        }

        var commit = await recorder.WaitForAsync($"commit {topic}");
        Assert.Equal("automatic", commit.Tag("throughline.commit.trigger"));
        Assert.Equal(ActivityKind.Client, commit.Kind);
        Assert.Same(consumer, await seen.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Manual_commit_with_automatic_ones_on_is_told_once()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic, configure: config =>
        {
            config.EnableAutoCommit = true;
            config.AutoCommitIntervalMs = 3_600_000;
        });
        await producer.ProduceAsync(topic, Message());
        var result = ConsumeOne(consumer);
        consumer.StoreOffset(result);
        consumer.Commit();
        consumer.Consume(TimeSpan.FromMilliseconds(300));
        var commit = Assert.Single(recorder.Spans, span => span.Name == $"commit {topic}");
        Assert.Equal("manual", commit.Tag("throughline.commit.trigger"));
    }

    [Fact]
    public async Task Size_is_told_always_keys_headers_and_payloads_on_request()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        using var consumer = Consumer(topic, new() { Capture = { Keys = true, HeadersIncluded = { "ten*" }, PayloadTopics = { "*" } } });
        await producer.ProduceAsync(topic, Message("grüße", ("tenant", "a"), ("secret", "b"), ("tenant", "c")));
        using (consumer.StartProcess(ConsumeOne(consumer)))
        {
        }

        await recorder.WaitForAsync($"process {topic}");
        var trace = recorder.AssertSingleTrace();
        trace.Span($"send {topic}").HasTag("messaging.message.body.size", Encoding.UTF8.GetByteCount("grüße"))
            .HasNoTag("messaging.kafka.message.key").HasNoTag("messaging.header.tenant").HasNoTag("throughline.record.payload");
        trace.Span($"process {topic}").HasTag("messaging.message.body.size", Encoding.UTF8.GetByteCount("grüße"))
            .HasTag("messaging.kafka.message.key", "key")
            .HasTag("messaging.header.tenant", new[] { "a", "c" })
            .HasTag("throughline.record.payload", "grüße")
            .HasNoTag("messaging.header.secret");
    }

    [Fact]
    public async Task Filtered_record_has_no_span_and_what_its_handler_does_stays_in_the_trace()
    {
        var topic = await CreateTopicAsync();
        var next = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer(new() { FilterSend = record => record.Topic != next });
        using var consumer = Consumer(topic, new() { FilterProcess = record => record.Header("kind") != "heartbeat" });
        var sent = await producer.ProduceAsync(topic, Message("v", ("kind", "heartbeat")));
        DeliveryResult<string, string> forwarded;
        using (consumer.StartProcess(ConsumeOne(consumer)))
        {
            forwarded = await producer.ProduceAsync(next, Message());
        }

        Assert.Equal(HeaderValues(sent.Message.Headers, "traceparent"), HeaderValues(forwarded.Message.Headers, "traceparent"));
        await recorder.WaitForAsync($"send {topic}");
        Assert.Single(recorder.Spans);
    }

    [Fact]
    public async Task Random_flag_of_a_received_trace_is_kept()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var bare = new ProducerBuilder<string, string>(ProducerConfig()).Build();
        using var producer = Producer();
        using var consumer = Consumer(topic);
        var origin = RandomContext((ActivityTraceFlags)3);
        await bare.ProduceAsync(topic, Message("v", ("traceparent", TraceParent(origin))));
        using (consumer.StartProcess(ConsumeOne(consumer)))
        {
            var sent = await producer.ProduceAsync(topic, Message());
            Assert.EndsWith("-03", Assert.Single(HeaderValues(sent.Message.Headers, "traceparent")), StringComparison.Ordinal);
        }

        await recorder.WaitForAsync($"process {topic}");
        Assert.Equal(origin.TraceId, recorder.AssertSingleTrace().TraceId);
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : ConsumerSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : ConsumerSuite(kafka);

    public sealed class OnThreeNodes(ThreeNodeKafka kafka) : ConsumerSuite(kafka);
}

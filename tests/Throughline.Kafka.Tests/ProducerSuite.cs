using System.Diagnostics;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests;

public abstract class ProducerSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    [Fact]
    public async Task Send_is_one_producer_span_completed_by_its_report()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer(configure: config => config.ClientId = "orders-1");
        DeliveryResult<string, string> result;
        using (Start("request", topic))
        {
            result = await producer.ProduceAsync(topic, Message());
        }

        await recorder.WaitForAsync("request");
        var send = recorder.AssertSingleTrace().HasSpans(2).Span($"send {topic}")
            .HasParent("request").HasKind(ActivityKind.Producer).HasStatus(ActivityStatusCode.Unset).HasLinks(0)
            .HasTag("messaging.system", "kafka")
            .HasTag("messaging.operation.name", "send")
            .HasTag("messaging.operation.type", "send")
            .HasTag("messaging.destination.name", topic)
            .HasTag("messaging.destination.partition.id", "0")
            .HasTag("messaging.kafka.offset", result.Offset.Value)
            .HasTag("messaging.client.id", "orders-1")
            .HasNoTag("messaging.kafka.message.tombstone")
            .HasNoTag("messaging.kafka.message.key")
            .HasNoTag("messaging.batch.message_count")
            .HasNoTag("error.type");
        if (Kafka.Nodes == 1)
        {
            var port = int.Parse(BootstrapServers.Split(':')[1]);
            send.HasTag("server.address", BootstrapServers.Split(':')[0]).HasTag("server.port", port);
        }

        Assert.Equal([TraceParent(send.Span.Context)], HeaderValues(result.Message.Headers, "traceparent"));
    }

    [Fact]
    public async Task Send_with_callback_ends_with_the_report_and_is_not_current_in_between()
    {
        var topic = await CreateTopicAsync(partitions: 3);
        using var recorder = Record(topic);
        using var producer = Producer();
        var reported = new TaskCompletionSource<(DeliveryReport<string, string> Report, Activity? Current, string? Baggage)>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var request = Start("request", topic))
        {
            SetBaggage("tenant", "blue");
            producer.Produce(new TopicPartition(topic, 2), Message(), report => reported.SetResult(
                (report, Activity.Current, Baggage.Current.GetBaggage("tenant"))));
            Assert.Same(request, Activity.Current);
            Baggage.Current = default;
        }

        var (report, current, baggage) = await reported.Task.WaitAsync(Patience);
        var span = await recorder.WaitForAsync($"send {topic}");
        Assert.Equal(span.SpanId, current?.SpanId);
        Assert.Equal("blue", baggage);
        recorder.AssertSingleTrace().Span($"send {topic}").HasParent("request")
            .HasTag("messaging.destination.partition.id", "2").HasTag("messaging.kafka.offset", report.Offset.Value);
    }

    [Fact]
    public async Task Poll_thread_keeps_nothing_of_who_built_the_producer_nor_of_a_send()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        TracingProducer<string, string> producer;
        using (Start("start-up", topic))
        {
            SetBaggage("who", "builder");
            producer = Producer();
            Baggage.Current = default;
        }

        using (producer)
        {
            using (Start("request", topic))
            {
                producer.Produce(topic, Message(), _ => throw new InvalidOperationException("the handler's own"));
            }

            // The inner client's own poll thread, without any span of a send on it.
            var ambient = new TaskCompletionSource<(Activity? Activity, int Baggage)>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (var bare = new DependentProducerBuilder<string, string>(producer.Handle).Build())
            {
                bare.Produce(topic, Message(), _ => ambient.SetResult((Activity.Current, Baggage.Current.Count)));
                var seen = await ambient.Task.WaitAsync(Patience);
                Assert.Null(seen.Activity);
                Assert.Equal(0, seen.Baggage);
            }
        }

        await recorder.WaitForAsync($"send {topic}");
    }

    [Fact]
    public async Task Tombstone_is_told()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        await producer.ProduceAsync(topic, new Message<string, string> { Key = "gone", Value = null! });
        await recorder.WaitForAsync($"send {topic}");
        recorder.AssertSingleTrace().Span($"send {topic}").IsRoot().HasTag("messaging.kafka.message.tombstone", true);
    }

    [Fact]
    public async Task Message_sent_three_times_carries_one_context_each_and_is_never_changed()
    {
        var topic = await CreateTopicAsync();
        using var producer = Producer();
        using var recorder = Record(topic);
        var message = Message("again", ("mine", "stays"));
        for (var i = 0; i < 3; i++)
        {
            var result = await producer.ProduceAsync(topic, message);
            Assert.Single(HeaderValues(result.Message.Headers, "traceparent"));
            Assert.Equal(["stays"], HeaderValues(result.Message.Headers, "mine"));
        }

        Assert.Equal(["mine"], message.Headers.Select(header => header.Key));
        await recorder.WaitForAsync(3);
    }

    [Fact]
    public async Task Forwarded_record_leaves_its_old_context_behind()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        var old = RandomContext();
        var result = await producer.ProduceAsync(topic, Message(
            "forwarded", ("traceparent", TraceParent(old)), ("tracestate", "old=1"), ("baggage", "old=1"), ("traceparent", TraceParent(old))));
        var send = await recorder.WaitForAsync($"send {topic}");
        Assert.Equal([TraceParent(send.Context)], HeaderValues(result.Message.Headers, "traceparent"));
        Assert.Empty(HeaderValues(result.Message.Headers, "tracestate"));
        Assert.Empty(HeaderValues(result.Message.Headers, "baggage"));
    }

    [Fact]
    public async Task Deliberate_creation_context_stays_and_is_linked()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        var created = RandomContext();
        var result = await producer.ProduceAsync(topic, Message().UseCreationContext(created));
        await recorder.WaitForAsync($"send {topic}");
        recorder.AssertSingleTrace().Span($"send {topic}").HasKind(ActivityKind.Client).HasLinks(1).HasLinkTo(created);
        Assert.Equal([TraceParent(created)], HeaderValues(result.Message.Headers, "traceparent"));
    }

    [Fact]
    public async Task Existing_context_is_linked_by_option()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer(new() { ExistingContext = ExistingContext.Link });
        var created = RandomContext();
        var result = await producer.ProduceAsync(topic, Message("v", ("traceparent", TraceParent(created))));
        await recorder.WaitForAsync($"send {topic}");
        recorder.AssertSingleTrace().Span($"send {topic}").HasKind(ActivityKind.Client).HasLinkTo(created);
        Assert.Equal([TraceParent(created)], HeaderValues(result.Message.Headers, "traceparent"));

        var plain = await producer.ProduceAsync(topic, Message());
        Assert.Single(HeaderValues(plain.Message.Headers, "traceparent"));
    }

    [Fact]
    public async Task Correlation_id_is_the_trace_id_unless_the_caller_set_one()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer(new() { CorrelationIdHeader = "correlation_id" });
        var ours = await producer.ProduceAsync(topic, Message());
        var theirs = await producer.ProduceAsync(topic, Message("v", ("correlation_id", "mine")));
        var spans = await recorder.WaitForAsync(2);
        Assert.Equal([spans[0].TraceId.ToHexString()], HeaderValues(ours.Message.Headers, "correlation_id"));
        Assert.Equal(["mine"], HeaderValues(theirs.Message.Headers, "correlation_id"));
    }

    [Fact]
    public async Task Unsampled_send_passes_the_ambient_context_and_baggage_on()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic, ActivitySamplingResult.None);
        using var producer = Producer();
        using var ambient = new Activity("ambient").SetIdFormat(ActivityIdFormat.W3C).Start();
        ambient.TraceStateString = "vendor=1";
        SetBaggage("tenant", "blue");
        var result = await producer.ProduceAsync(topic, Message());
        Assert.Equal([ambient.Id!], HeaderValues(result.Message.Headers, "traceparent"));
        Assert.Equal(["vendor=1"], HeaderValues(result.Message.Headers, "tracestate"));
        Assert.Equal(["tenant=blue"], HeaderValues(result.Message.Headers, "baggage"));
        Baggage.Current = default;
    }

    [Fact]
    public async Task Failed_delivery_is_told_by_its_protocol_name()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        var message = Message();
        var nowhere = new TopicPartition(topic, 99);
        var failure = await Assert.ThrowsAsync<ProduceException<string, string>>(() => producer.ProduceAsync(nowhere, message));
        Assert.Same(message, failure.DeliveryResult.Message);
        var atOnce = Assert.Throws<ProduceException<string, string>>(() => producer.Produce(nowhere, message));
        Assert.Equal(ErrorCode.Local_UnknownPartition, atOnce.Error.Code);
        Assert.Same(message, atOnce.DeliveryResult.Message);
        var spans = await recorder.WaitForAsync(2);
        Assert.All(spans, span => Assert.Equal("_UNKNOWN_PARTITION", span.Tag("error.type")));
        Assert.All(spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.All(spans, span => Assert.NotEmpty(span.StatusDescription!));
    }

    [Fact]
    public async Task Cancelled_send_releases_the_caller_and_the_report_ends_the_span()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer(configure: config => config.LingerMs = 1000);
        using var cancel = new CancellationTokenSource();
        var sending = producer.ProduceAsync(topic, Message(), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        var span = await recorder.WaitForAsync($"send {topic}");
        Assert.Equal(0L, span.Tag("messaging.kafka.offset"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task Send_without_reports_ends_when_enqueued_with_its_outcome_unknown()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer(configure: config => config.EnableDeliveryReports = false);
        producer.Produce(topic, Message());
        var message = Message();
        var result = await producer.ProduceAsync(topic, message);
        Assert.Same(message, result.Message);
        Assert.Throws<InvalidOperationException>(() => producer.Produce(topic, Message(), _ => { }));
        var spans = await recorder.WaitForAsync(3);
        Assert.All(spans.Take(2), span => Assert.Equal("unknown", span.Tag("throughline.send.outcome")));
        Assert.All(spans.Take(2), span => Assert.Null(span.Tag("messaging.kafka.offset")));
        Assert.Equal("System.InvalidOperationException", spans[2].Tag("error.type"));
        producer.Flush(Patience);
    }

    [Fact]
    public async Task Disposal_ends_spans_in_flight_with_their_outcome_unknown()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        var producer = Producer(configure: config => config.LingerMs = 60_000);
        producer.Produce(topic, Message());
        producer.Produce(topic, Message(), _ => { });
        Assert.Empty(recorder.Spans);
        producer.Dispose();
        var spans = await recorder.WaitForAsync(2);
        Assert.All(spans, span => Assert.Equal("unknown", span.Tag("throughline.send.outcome")));
    }

    [Fact]
    public async Task Sends_of_many_threads_are_each_followed_by_their_own_span()
    {
        const int Threads = 4;
        const int SendsPerThread = 250;
        var topic = await CreateTopicAsync(partitions: 3);
        using var recorder = Record(topic);
        using var producer = Producer();
        var mixedUp = 0;
        Parallel.For(0, Threads * SendsPerThread, new() { MaxDegreeOfParallelism = Threads }, number => producer.Produce(
            topic,
            Message($"{number}"),
            report =>
            {
                var own = HeaderValues(report.Message.Headers, "traceparent").SequenceEqual([Activity.Current?.Id]);
                Interlocked.Add(ref mixedUp, own && report.Message.Value == $"{number}" ? 0 : 1);
            }));
        producer.Flush(Patience);
        var spans = await recorder.WaitForAsync(Threads * SendsPerThread);
        Assert.Equal(0, mixedUp);
        Assert.Distinct(spans.Select(span => (span.Tag("messaging.destination.partition.id"), span.Tag("messaging.kafka.offset"))));
    }

    [Fact]
    public async Task Full_queue_is_told_and_reaches_the_caller()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer(configure: config =>
        {
            config.LingerMs = 60_000;
            config.QueueBufferingMaxMessages = 1;
        });
        producer.Produce(topic, Message());
        var refused = Assert.Throws<ProduceException<string, string>>(() => producer.Produce(topic, Message()));
        Assert.Equal(ErrorCode.Local_QueueFull, refused.Error.Code);
        var span = await recorder.WaitForAsync($"send {topic}");
        Assert.Equal("_QUEUE_FULL", span.Tag("error.type"));
    }

    [Fact]
    public async Task Aborted_transaction_reports_purged_sends()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer(configure: config =>
        {
            config.TransactionalId = KafkaFixture.Unique("txn");
            config.LingerMs = 10_000;
        });
        producer.InitTransactions(Patience);
        producer.BeginTransaction();
        producer.Produce(topic, Message());
        producer.AbortTransaction(Patience);
        var span = await recorder.WaitForAsync($"send {topic}");
        Assert.Equal("_PURGE_QUEUE", span.Tag("error.type"));

        producer.BeginTransaction();
        producer.Produce(topic, Message());
        producer.CommitTransaction(Patience);
        await recorder.WaitForAsync(each => each.Tag("messaging.kafka.offset") is long);
    }

    [Fact]
    public async Task Handlers_of_the_user_are_called_with_the_tracing_producer()
    {
        var topic = await CreateTopicAsync();
        var seen = new TaskCompletionSource<IProducer<string, string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var producer = new TracingProducerBuilder<string, string>(new ProducerConfig(ProducerConfig()) { StatisticsIntervalMs = 50 })
            .SetStatisticsHandler((client, _) => seen.TrySetResult(client))
            .Build();
        Assert.Same(producer, await seen.Task.WaitAsync(Patience));
        await producer.ProduceAsync(topic, Message());
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : ProducerSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : ProducerSuite(kafka);

    public sealed class OnThreeNodes(ThreeNodeKafka kafka) : ProducerSuite(kafka);
}

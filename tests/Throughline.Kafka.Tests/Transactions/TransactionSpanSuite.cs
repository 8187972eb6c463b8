using System.Diagnostics;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Transactions;

/// <summary>The spans of a producer's transactions, from begin to commit or abort.</summary>
public abstract class TransactionSpanSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    [Fact]
    public async Task Sends_carry_their_transaction_from_their_start_and_the_commit_links_to_them()
    {
        var topic = await CreateTopicAsync();
        var id = KafkaFixture.Unique("txn");
        var startTags = new List<Dictionary<string, object?>>();
        using var recorder = Record(topic);
        using var sampler = SamplerOf(topic, startTags);
        using var producer = Transactional(id);
        producer.InitTransactions(Patience);
        using (Start("request", topic))
        {
            for (var transaction = 1; transaction <= 2; transaction++)
            {
                producer.BeginTransaction();
                producer.Produce(topic, Message());
                await producer.ProduceAsync(topic, Message());
                producer.CommitTransaction(Patience);
            }
        }

        await recorder.WaitForAsync("request");
        var trace = recorder.AssertSingleTrace();
        trace.HasSpans(7).AssertNoOrphans();
        Assert.All(startTags, tags => Assert.Equal(id, tags["throughline.transaction.id"]));
        Assert.Equal([1L, 1L, 2L, 2L], startTags.Select(tags => tags["throughline.transaction.sequence"]));
        for (var number = 1L; number <= 2; number++)
        {
            var sends = trace.Spans.Where(span => span.Kind == ActivityKind.Producer && span.Tag("throughline.transaction.sequence") is long each && each == number).ToList();
            Assert.Equal(2, sends.Count);
            Assert.All(sends, send => Assert.Equal(id, send.Tag("throughline.transaction.id")));
            var commit = trace.Span("commit_transaction", span => span.Tag("throughline.transaction.sequence") is long each && each == number)
                .HasParent("request").HasKind(ActivityKind.Client).HasStatus(ActivityStatusCode.Unset)
                .HasLinks(2).HasLinkTo(sends[0]).HasLinkTo(sends[1])
                .HasTag("messaging.system", "kafka")
                .HasTag("messaging.operation.name", "commit_transaction")
                .HasTag("messaging.operation.type", "settle")
                .HasTag("throughline.transaction.id", id)
                .HasTag("throughline.transaction.sends", 2)
                .HasTag("messaging.client.id").HasTag("server.address")
                .HasNoTag("throughline.transaction.links_left_out").HasNoTag("messaging.destination.name").HasNoTag("error.type");
            Assert.All(sends, send => Assert.True(send.Start + send.Duration <= commit.Span.Start + commit.Span.Duration));
        }
    }

    [Fact]
    public async Task Abort_carries_the_id_and_links_to_its_sends_up_to_the_cap()
    {
        var topic = await CreateTopicAsync();
        var id = KafkaFixture.Unique("txn");
        using var recorder = Record(topic);
        using var producer = Transactional(id, new() { BatchLinksMax = 2 });
        producer.InitTransactions(Patience);
        using (Start("request", topic))
        {
            producer.BeginTransaction();
            for (var number = 0; number < 5; number++)
            {
                await producer.ProduceAsync(topic, Message());
            }

            producer.AbortTransaction(Patience);
        }

        await recorder.WaitForAsync("request");
        var sends = recorder.Spans.Where(span => span.Name == $"send {topic}").ToList();
        Assert.All(sends, send => Assert.Equal(ActivityStatusCode.Unset, send.Status));
        recorder.AssertSingleTrace().Span("abort_transaction")
            .HasParent("request").HasKind(ActivityKind.Client).HasStatus(ActivityStatusCode.Unset)
            .HasLinks(2).HasLinkTo(sends[0]).HasLinkTo(sends[1])
            .HasTag("messaging.operation.name", "abort_transaction")
            .HasTag("messaging.operation.type", "settle")
            .HasTag("throughline.transaction.id", id)
            .HasTag("throughline.transaction.sequence", 1L)
            .HasTag("throughline.transaction.sends", 5)
            .HasTag("throughline.transaction.links_left_out", 3);
    }

    [Fact]
    public async Task Offsets_of_a_transaction_are_a_commit_that_names_topic_and_group()
    {
        var topic = await CreateTopicAsync();
        var id = KafkaFixture.Unique("txn");
        using var recorder = Record(topic);
        using var producer = Transactional(id);
        using var consumer = Consumer(topic);
        producer.InitTransactions(Patience);
        producer.BeginTransaction();
        await producer.ProduceAsync(topic, Message());
        producer.CommitTransaction(Patience);
        var result = ConsumeOne(consumer);
        using (Start("request", topic))
        {
            producer.BeginTransaction();
            var group = consumer.ConsumerGroupMetadata;
            producer.SendOffsetsToTransaction([new(result.TopicPartition, result.Offset + 1)], group, Patience);
            producer.CommitTransaction(Patience);
        }

        var request = await recorder.WaitForAsync("request");
        var commit = recorder.Trace(request.TraceId).Span($"commit {topic}")
            .HasParent("request").HasKind(ActivityKind.Client).HasStatus(ActivityStatusCode.Unset).HasLinks(0)
            .HasTag("messaging.operation.name", "commit")
            .HasTag("messaging.operation.type", "settle")
            .HasTag("messaging.destination.name", topic)
            .HasTag("messaging.destination.partition.id", "0")
            .HasTag("throughline.commit.trigger", "transaction")
            .HasTag("throughline.transaction.id", id)
            .HasTag("throughline.transaction.sequence", 2L);
        Assert.StartsWith(nameof(Offsets_of_a_transaction_are_a_commit_that_names_topic_and_group), (string)commit.Span.Tag("messaging.consumer.group.name")!);
        recorder.Trace(request.TraceId).Span("commit_transaction").HasLinks(0).HasTag("throughline.transaction.sends", 0);
        if (!Kafka.IsEmbedded)
        {
            // The embedded broker acknowledges such offsets, and forgets them.
            Assert.Equal(result.Offset + 1, consumer.Committed([result.TopicPartition], Patience).Single().Offset);
        }
    }

    [Fact]
    public async Task Sends_outside_of_a_transaction_carry_none()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Transactional(KafkaFixture.Unique("txn"));
        producer.InitTransactions(Patience);
        producer.BeginTransaction();
        producer.AbortTransaction(Patience);
        Assert.ThrowsAny<KafkaException>(() => producer.Produce(topic, Message()));
        var send = await recorder.WaitForAsync($"send {topic}");
        Assert.Null(send.Tag("throughline.transaction.sequence"));
        Assert.Equal("_STATE", send.Tag("error.type"));
    }

    protected TracingProducer<string, string> Transactional(string id, KafkaTracingOptions? options = null) =>
        Producer(options, config => config.TransactionalId = id);

    private static ActivityListener SamplerOf(string topic, List<Dictionary<string, object?>> startTags)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == KafkaInstrumentation.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> creation) =>
            {
                if (creation.Name == $"send {topic}")
                {
                    startTags.Add(creation.Tags!.ToDictionary(tag => tag.Key, tag => tag.Value));
                }

                return ActivitySamplingResult.None;
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : TransactionSpanSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : TransactionSpanSuite(kafka)
    {
        // The embedded broker fences nobody.
        [Fact]
        public async Task Commit_that_is_fenced_off_shows_as_its_protocol_error()
        {
            var topic = await CreateTopicAsync();
            var id = KafkaFixture.Unique("txn");
            using var recorder = Record(topic);
            using var first = Transactional(id);
            first.InitTransactions(Patience);
            using var request = Start("request", topic);
            first.BeginTransaction();
            await first.ProduceAsync(topic, Message());
            using (var second = Transactional(id))
            {
                second.InitTransactions(Patience);
            }

            var fenced = Assert.ThrowsAny<KafkaException>(() => first.CommitTransaction(Patience));
            var commit = await recorder.WaitForAsync("commit_transaction");
            Assert.Equal(ActivityStatusCode.Error, commit.Status);
            Assert.Equal(fenced.Message, commit.StatusDescription);
            Assert.Contains((string)commit.Tag("error.type")!, new[] { "INVALID_PRODUCER_EPOCH", "PRODUCER_FENCED", "_FENCED" });
            Assert.Equal(id, commit.Tag("throughline.transaction.id"));
            Assert.Single(commit.Links);
        }
    }
}

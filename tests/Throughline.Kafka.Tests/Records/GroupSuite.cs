using System.Diagnostics;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Records;

/// <summary>The ways to get at partitions: assigned by hand, by pattern, as a static member, by either group protocol.</summary>
public abstract class GroupSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    [Fact]
    public async Task Partition_assigned_by_hand_is_processed_and_committed_like_any_other()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        using var recorder = Record(topic);
        using var producer = Producer();
        for (var number = 0; number < 3; number++)
        {
            await producer.ProduceAsync(new TopicPartition(topic, 1), Message($"{number}"));
        }

        using var consumer = new TracingConsumerBuilder<string, string>(ConsumerConfig()).BuildForProcessing();
        consumer.Assign(new TopicPartitionOffset(topic, 1, 1));
        Assert.Equal(["1", "2"], await ProcessAsync(consumer, 2));
        var processed = await recorder.WaitForAsync(2, span => span.Kind == ActivityKind.Consumer);
        var sends = recorder.Spans.Where(span => span.Kind == ActivityKind.Producer).ToList();
        Assert.Equal(sends.Skip(1).Select(send => send.SpanId), processed.Select(process => process.ParentSpanId));
        Assert.All(processed, process => Assert.Equal("1", process.Tag("messaging.destination.partition.id")));
        Assert.Equal(3, consumer.Committed([new(topic, 1)], Patience).Single().Offset.Value);
    }

    [Fact]
    public async Task Subscription_by_pattern_names_the_topics_themselves()
    {
        var (first, second) = (await CreateTopicAsync(), await CreateTopicAsync());
        using var recorder = Record(first);
        using var other = Record(second);
        using var producer = Producer();
        await producer.ProduceAsync(first, Message());
        await producer.ProduceAsync(second, Message());
        using var consumer = new TracingConsumerBuilder<string, string>(ConsumerConfig()).BuildForProcessing();
        consumer.Subscribe($"^{nameof(Subscription_by_pattern_names_the_topics_themselves)}.*({first[^8..]}|{second[^8..]})");
        await ProcessAsync(consumer, 2);
        await recorder.WaitForAsync($"process {first}");
        recorder.AssertSingleTrace().Span($"process {first}").HasParent($"send {first}").HasTag("messaging.destination.name", first);
        await other.WaitForAsync($"process {second}");
        other.AssertSingleTrace().Span($"process {second}").HasParent($"send {second}").HasTag("messaging.destination.name", second);
    }

    [Fact]
    public async Task Offset_stored_by_hand_is_what_is_committed()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var producer = Producer();
        await producer.ProduceAsync(topic, Message("0"));
        await producer.ProduceAsync(topic, Message("1"));
        using var consumer = Consumer(topic);
        var stored = ConsumeOne(consumer);
        ConsumeOne(consumer);
        consumer.StoreOffset(stored);
        Assert.Equal(1, consumer.Commit().Single().Offset.Value);
        var commit = await recorder.WaitForAsync($"commit {topic}");
        Assert.Equal("manual", commit.Tag("throughline.commit.trigger"));
        Assert.Equal(1, consumer.Committed([new(topic, 0)], Patience).Single().Offset.Value);
    }

    protected static async Task<IReadOnlyList<string>> ProcessAsync(TracingConsumer<string, string> consumer, int count)
    {
        using var stop = new CancellationTokenSource(Patience);
        var values = new List<string>();
        await consumer.ProcessAsync(
            async (record, _) =>
            {
                values.Add(record.Message.Value);
                if (values.Count == count)
                {
                    await stop.CancelAsync();
                }
            },
            stop.Token);
        return values;
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : GroupSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : GroupSuite(kafka)
    {
        [Fact]
        public async Task Static_member_that_comes_back_goes_on_without_a_rebalance()
        {
            var topic = await CreateTopicAsync();
            var group = KafkaFixture.Unique();
            using var recorder = Record(topic);
            using var producer = Producer();
            await producer.ProduceAsync(topic, Message("0"));
            var member = "";
            for (var run = 0; run < 2; run++)
            {
                using var consumer = Consumer(topic, configure: config =>
                {
                    config.GroupId = group;
                    config.GroupInstanceId = "instance-1";
                    config.SessionTimeoutMs = 30_000;
                });
                var since = Stopwatch.StartNew();
                Assert.Equal([$"{run}"], await ProcessAsync(consumer, 1));

                // Not the session's 30 s that the group would wait for a member that is new.
                Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
                Assert.NotEqual(member, member = consumer.MemberId);
                await producer.ProduceAsync(topic, Message($"{run + 1}"));
            }

            var processed = await recorder.WaitForAsync(2, span => span.Kind == ActivityKind.Consumer);
            Assert.All(processed, process => Assert.Equal(group, process.Tag("messaging.consumer.group.name")));
            Assert.Equal(
                recorder.Spans.Where(span => span.Kind == ActivityKind.Producer).Take(2).Select(send => send.SpanId),
                processed.Select(process => process.ParentSpanId));
        }

        [Theory]
        [InlineData(GroupProtocol.Classic)]
        [InlineData(GroupProtocol.Consumer)]
        public async Task Either_group_protocol_processes_and_commits(GroupProtocol protocol)
        {
            var topic = await CreateTopicAsync();
            using var recorder = Record(topic);
            using var producer = Producer();
            await producer.ProduceAsync(topic, Message("0"));
            var config = new ConsumerConfig
            {
                BootstrapServers = BootstrapServers,
                GroupId = KafkaFixture.Unique(),
                GroupProtocol = protocol,
                AutoOffsetReset = AutoOffsetReset.Earliest,
                EnableAutoCommit = false,
            };
            using var consumer = new TracingConsumerBuilder<string, string>(config).BuildForProcessing();
            consumer.Subscribe(topic);
            await ProcessAsync(consumer, 1);
            Assert.Equal(1, consumer.Committed([new(topic, 0)], Patience).Single().Offset.Value);
            await recorder.WaitForAsync($"commit {topic}");
            recorder.Traces[0].Span($"process {topic}").HasParent($"send {topic}").HasLinkTo($"send {topic}")
                .HasTag("messaging.consumer.group.name", config.GroupId);
            recorder.Traces[1].Span($"commit {topic}").HasTag("messaging.consumer.group.name", config.GroupId);
        }
    }
}

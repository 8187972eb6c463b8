using System.Collections.Concurrent;
using System.Diagnostics;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests.Processing;

/// <summary>Batches: their size, their spans, and what of them failed.</summary>
public abstract class BatchSuite(KafkaFixture kafka) : ProcessingSuiteBase(kafka)
{
    [Fact]
    public async Task Batch_is_full_or_has_waited_and_is_one_span_with_a_link_for_each_record()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        using var recorder = Record(topic);
        SendNumbered(topic, 2, 25);
        using var consumer = Consumer(topic);
        using var stop = new CancellationTokenSource(Patience);
        var sizes = new List<int>();
        await consumer.ProcessBatchesAsync(
            async (batch, _) =>
            {
                sizes.Add(batch.Count);
                Assert.Equal($"process {topic}", Activity.Current?.DisplayName);
                if (sizes.Sum() == 25)
                {
                    await stop.CancelAsync();
                }
            },
            new BatchOptions { SizeMax = 10, WaitMax = TimeSpan.FromMilliseconds(200) },
            cancellationToken: stop.Token);
        Assert.Equal(25, sizes.Sum());
        Assert.All(sizes, size => Assert.InRange(size, 1, 10));
        Assert.Contains(10, sizes);
        Assert.Equal(25, Committed(consumer, topic, 2).Sum());
        var spans = (await recorder.WaitForAsync(sizes.Count, span => span.Kind == ActivityKind.Consumer)).ToList();
        Assert.Equal(sizes.Order(), spans.Select(span => span.Links.Count).Order());
        Assert.Equal(sizes.Order(), spans.Select(span => (int)span.Tag("messaging.batch.message_count")!).Order());
        Assert.All(spans, span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
    }

    [Fact]
    public async Task Partial_failure_names_the_records_that_failed_and_commits_up_to_the_first()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        SendNumbered(topic, 1, 10);
        using var consumer = Consumer(topic);
        var thrown = await Assert.ThrowsAsync<BatchFailedException>(() => consumer.ProcessBatchesAsync(
            (batch, _) =>
            {
                batch.Fail(batch[4], new FormatException("bad order"));
                batch.Fail(batch[7], new FormatException("worse order"));
                return Task.CompletedTask;
            },
            new BatchOptions { SizeMax = 10, WaitMax = TimeSpan.FromMinutes(1) }).WaitAsync(Patience));
        Assert.Equal([4, 7], thrown.Failures.Select(failure => failure.Key.Offset.Value));
        Assert.Contains("2 of 10 records failed", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("bad order", thrown.Message, StringComparison.Ordinal);
        Assert.Equal([4], Committed(consumer, topic, 1));
        var span = await recorder.WaitForAsync($"process {topic}");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(thrown.Message, span.StatusDescription);
        Assert.Equal("Throughline.Kafka.BatchFailedException", span.Tag("error.type"));
    }

    [Fact]
    public async Task Records_of_a_batch_have_scopes_of_their_own_each_in_its_trace()
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        SendNumbered(topic, 1, 5);
        using var consumer = Consumer(topic);
        var thrown = await Assert.ThrowsAsync<BatchFailedException>(() => consumer.ProcessBatchesAsync(
            async (batch, _) =>
            {
                Assert.Null(Activity.Current);
                foreach (var record in batch)
                {
                    using var scope = batch.StartProcess(record);
                    await Task.Yield();
                    Assert.Same(scope.Activity, Activity.Current);
                    if (record.Offset == 2)
                    {
                        batch.Fail(record, new FormatException("bad order"));
                    }
                }
            },
            new BatchOptions { SizeMax = 5, WaitMax = TimeSpan.FromMinutes(1), Spans = BatchSpans.PerRecord }).WaitAsync(Patience));
        Assert.Equal(2, Assert.Single(thrown.Failures).Key.Offset.Value);
        var spans = await recorder.WaitForAsync(5, span => span.Kind == ActivityKind.Consumer);
        var sends = recorder.Spans.Where(span => span.Kind == ActivityKind.Producer).Select(span => span.SpanId).ToList();
        Assert.All(spans, span => Assert.Contains(span.ParentSpanId, sends));
        Assert.Equal("bad order", Assert.Single(spans, span => span.Status == ActivityStatusCode.Error).StatusDescription);
    }

    [Fact]
    public async Task Batches_of_several_workers_keep_the_order_of_each_partition()
    {
        const int Records = 400;
        var topic = await CreateTopicAsync(partitions: 4);
        SendNumbered(topic, 4, Records);
        using var consumer = Consumer(topic);
        using var stop = new CancellationTokenSource(Patience);
        var handled = new ConcurrentDictionary<int, ConcurrentQueue<long>>();
        var count = 0;
        await consumer.ProcessBatchesAsync(
            async (batch, _) =>
            {
                await Task.Yield();
                Assert.Single(batch.Select(record => record.Partition.Value).Distinct());
                foreach (var record in batch)
                {
                    handled.GetOrAdd(record.Partition, _ => new()).Enqueue(record.Offset);
                }

                if (Interlocked.Add(ref count, batch.Count) == Records)
                {
                    await stop.CancelAsync();
                }
            },
            new BatchOptions { SizeMax = 7, WaitMax = TimeSpan.FromMilliseconds(20) },
            new ProcessingOptions { Workers = 3 },
            stop.Token);
        Assert.Equal(Records, count);
        Assert.All(handled.Values, offsets => Assert.Equal(offsets.Order(), offsets));
    }

    [Fact]
    public async Task Stream_reads_on_where_the_last_enumeration_ended()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        SendNumbered(topic, 2, 500);
        using var consumer = Consumer(topic);
        using var limit = new CancellationTokenSource(Patience);
        var read = new List<string>();
        await foreach (var record in consumer.ConsumeAllAsync(limit.Token))
        {
            using var scope = consumer.StartProcess(record);
            read.Add(record.Message.Value);
            consumer.StoreOffset(record);
            if (read.Count == 50)
            {
                break;
            }
        }

        await foreach (var record in consumer.ConsumeAllAsync(limit.Token))
        {
            read.Add(record.Message.Value);
            if (read.Count == 500)
            {
                break;
            }
        }

        Assert.Equal(500, read.Distinct().Count());
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : BatchSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : BatchSuite(kafka);
}

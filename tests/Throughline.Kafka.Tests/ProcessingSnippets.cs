using Confluent.Kafka;
using Throughline.Testing;

namespace Throughline.Kafka.Tests;

/// <summary>The snippets of docs/processing.md, as code that compiles and runs.</summary>
public class ProcessingSnippets
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<string> _billed = [];
    private CancellationTokenSource _limit = new(Patience);

    [Fact]
    public async Task Snippets_run()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders", partitions: 1);
        using var bytesProducer = new TracingProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = broker.BootstrapServers })
            .SetLogHandler((_, _) => { }).Build();
        await bytesProducer.ProduceAsync("orders", new Message<byte[], byte[]> { Key = "7"u8.ToArray(), Value = "order 7"u8.ToArray() });

        await LoopAsync(broker.ConsumerConfig("loop"));
        Assert.Equal(["order 7"], _billed);
        await BatchesAsync(broker.ConsumerConfig("batches"));
        await StreamAsync(broker.ConsumerConfig("stream"));
        Assert.Equal(["order 7", "order 7"], _billed);
        await FailuresAsync(broker.ConsumerConfig("failures"), bytesProducer);
    }

    private async Task LoopAsync(ConsumerConfig consumerConfig)
    {
        var stopping = Begin();
        // begin-snippet: loop
        using var consumer = new TracingConsumerBuilder<string, string>(consumerConfig).BuildForProcessing();
        consumer.Subscribe("orders");
        await consumer.ProcessAsync(
            (record, giveUp) => BillAsync(record.Message.Value, giveUp),
            new ProcessingOptions { Workers = 16, Order = ProcessingOrder.Key },
            stopping);
        // end-snippet
    }

    private async Task BatchesAsync(ConsumerConfig consumerConfig)
    {
        var stopping = Begin();
        using var consumer = new TracingConsumerBuilder<string, string>(consumerConfig).BuildForProcessing();
        consumer.Subscribe("orders");
        var thrown = await Assert.ThrowsAsync<BatchFailedException>(async () =>
        {
            // begin-snippet: batches
            await consumer.ProcessBatchesAsync(
                async (batch, giveUp) =>
                {
                    foreach (var refused in await StoreAsync(batch, giveUp))
                    {
                        batch.Fail(refused, new InvalidDataException("the ledger refused it"));
                    }
                },
                new BatchOptions { SizeMax = 500, WaitMax = TimeSpan.FromMilliseconds(200) },
                cancellationToken: stopping);
            // end-snippet
        });
        Assert.Contains("orders [[0]] @0: the ledger refused it", thrown.Message, StringComparison.Ordinal);
    }

    private async Task StreamAsync(ConsumerConfig consumerConfig)
    {
        var stopping = Begin();
        using var consumer = new TracingConsumerBuilder<string, string>(consumerConfig).BuildForProcessing();
        consumer.Subscribe("orders");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            // begin-snippet: stream
            await foreach (var record in consumer.ConsumeAllAsync(stopping))
            {
                using var scope = consumer.StartProcess(record);
                await BillAsync(record.Message.Value, stopping);
                consumer.StoreOffset(record);
            }

            // end-snippet
        });
    }

    private async Task FailuresAsync(ConsumerConfig consumerConfig, TracingProducer<byte[], byte[]> bytesProducer)
    {
        // begin-snippet: failures
        var options = new ProcessingOptions
        {
            Retry = new RetryOptions { AttemptsMax = 3 },
            Failures = new FailureRouting(bytesProducer)
            {
                RetryTopics = { new RetryTopic("orders.retry", TimeSpan.FromMinutes(1)) },
                DeadLetterTopic = "orders.dead",
                IsPermanent = failure => failure is FormatException,
            },
        };
        // end-snippet
        var stopping = Begin();
        using var consumer = new TracingConsumerBuilder<string, string>(consumerConfig).BuildForProcessing();
        consumer.Subscribe("orders");
        var calls = 0;
        await consumer.ProcessAsync(
            (_, _) =>
            {
                if (++calls == 3)
                {
                    _limit.Cancel();
                }

                throw new FormatException("bad order");
            },
            options,
            stopping);
        Assert.Equal(3, calls);
        Assert.Equal(1, consumer.Committed([new("orders", 0)], Patience).Single().Offset.Value);
    }

    private CancellationToken Begin()
    {
        _limit.Dispose();
        _limit = new(Patience);
        return _limit.Token;
    }

    private Task BillAsync(string order, CancellationToken giveUp)
    {
        giveUp.ThrowIfCancellationRequested();
        _billed.Add(order);
        return _limit.CancelAsync();
    }

    private static Task<IEnumerable<ConsumeResult<string, string>>> StoreAsync(
        IEnumerable<ConsumeResult<string, string>> batch, CancellationToken giveUp)
    {
        giveUp.ThrowIfCancellationRequested();
        return Task.FromResult(batch.Take(1));
    }
}

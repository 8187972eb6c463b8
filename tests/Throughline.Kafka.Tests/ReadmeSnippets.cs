using Confluent.Kafka;
using NSubstitute;
using Throughline.Testing;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests;

/// <summary>The README's snippets, as code that compiles and runs.</summary>
public class ReadmeSnippets
{
    private static readonly string[] Compiled =
        ["tests/Throughline.Kafka.Tests/ReadmeSnippets.cs", "tests/Throughline.Kafka.Tests/ProcessingSnippets.cs"];

    [Fact]
    public async Task Snippets_run()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");
        var producerConfig = new ProducerConfig { BootstrapServers = broker.BootstrapServers };
        var consumerConfig = new ConsumerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            GroupId = "notifications",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };
        var order = (Id: "1", Json: "{}");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var stopping = limit.Token;
        var notified = new List<string>();
        Task NotifyAsync(string text, CancellationToken cancellation)
        {
            notified.Add(text);
            return notified.Count == 1 ? limit.CancelAsync() : Task.CompletedTask;
        }

        // begin-snippet: producer
        using var producer = new TracingProducerBuilder<string, string>(producerConfig).Build();
        await producer.ProduceAsync("orders", new Message<string, string> { Key = order.Id, Value = order.Json });
        // end-snippet
        await ProcessAsync();
        await ByHandAsync();
        Assert.Equal(["{}", "{}"], notified);

        async Task ProcessAsync()
        {
            // begin-snippet: consumer
            using var consumer = new TracingConsumerBuilder<string, string>(consumerConfig).BuildForProcessing();
            consumer.Subscribe("orders");
            await consumer.ProcessAsync((record, cancellation) => NotifyAsync(record.Message.Value, cancellation), stopping);
            // end-snippet
        }

        async Task ByHandAsync()
        {
            using var again = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            stopping = again.Token;
            consumerConfig.GroupId = "by-hand";
            using var consumer = new TracingConsumerBuilder<string, string>(consumerConfig).Build();
            consumer.Subscribe("orders");
            // begin-snippet: manual
            var record = consumer.Consume(stopping);
            using (var scope = consumer.StartProcess(record))
            {
                await NotifyAsync(record.Message.Value, stopping);
            }

            // end-snippet
        }
    }

    [Fact]
    public async Task Transactions_run()
    {
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders");
        broker.CreateTopic("invoices");
        var transactionalConfig = new ProducerConfig { BootstrapServers = broker.BootstrapServers, TransactionalId = "invoicing" };
        using var orders = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build();
        await orders.ProduceAsync("orders", new() { Key = "1", Value = "{}" });
        using var consumer = new TracingConsumerBuilder<string, string>(broker.ConsumerConfig("invoicing")).BuildForProcessing();
        consumer.Subscribe("orders");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var stopping = limit.Token;
        Message<string, string> InvoiceFor(Message<string, string> order)
        {
            limit.CancelAfter(TimeSpan.Zero);
            return new() { Key = order.Key, Value = $"invoice of {order.Value}" };
        }

        // begin-snippet: transactions
        using var invoices = new TracingProducerBuilder<string, string>(transactionalConfig).Build();
        await consumer.ProcessTransactionsAsync(
            invoices,
            (order, cancellation) => invoices.ProduceAsync("invoices", InvoiceFor(order.Message), cancellation),
            new TransactionOptions { RecordsMax = 200 },
            stopping);
        // end-snippet
        using var reader = new ConsumerBuilder<string, string>(broker.ConsumerConfig("reader")).Build();
        reader.Subscribe("invoices");
        Assert.Equal("invoice of {}", reader.Consume(TimeSpan.FromSeconds(30)).Message.Value);
    }

    [Fact]
    public async Task Failures_are_sent_on_and_back()
    {
        using var broker = EmbeddedBroker.Start();
        foreach (var topic in (string[])["orders", "orders.retry.1m", "orders.retry.1h", "orders.dlq"])
        {
            broker.CreateTopic(topic, partitions: 1);
        }

        var consumerConfig = new ConsumerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            GroupId = "notifications",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var stopping = limit.Token;
        using var failureProducer = new TracingProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build();
        await failureProducer.ProduceAsync("orders", new() { Value = [1] });
        using var consumer = new TracingConsumerBuilder<string, string>(consumerConfig).BuildForProcessing();
        Func<ConsumeResult<string, string>, CancellationToken, Task> handler = async (_, _) =>
        {
            await limit.CancelAsync();
            throw new FormatException("no such order");
        };
        // begin-snippet: routing
        var processing = new ProcessingOptions
        {
            Retry = new() { AttemptsMax = 3 },
            Failures = new(failureProducer)
            {
                RetryTopics = { new("orders.retry.1m", TimeSpan.FromMinutes(1)), new("orders.retry.1h", TimeSpan.FromHours(1)) },
                DeadLetterTopic = "orders.dlq",
                IsPermanent = failure => failure is FormatException,
            },
        };
        consumer.Subscribe(["orders", "orders.retry.1m", "orders.retry.1h"]);
        await consumer.ProcessAsync(handler, processing, stopping);
        // end-snippet

        // begin-snippet: redrive
        var report = await DeadLetters.RedriveAsync(
            consumerConfig, failureProducer, new RedriveOptions("orders.dlq") { FailureType = "TimeoutException" });
        // end-snippet
        Assert.Equal((0, 1), (report.Sent, report.PutBack));
    }

    [Fact]
    public void Existing_client_is_wrapped()
    {
        var existing = Substitute.For<IProducer<string, string>>();
        // begin-snippet: wrap
        var traced = existing.WithTracing(new KafkaClientDescription { BootstrapServers = "kafka:9092" });
        // end-snippet
        Assert.NotNull(traced);
    }

    [Fact]
    public void What_is_told_is_chosen()
    {
        // begin-snippet: told
        var options = new KafkaTracingOptions
        {
            UntracedTopics = { "heartbeats.*" },
            FilterProcess = record => record.Header("kind") != "probe",
            EnrichSend = (span, record) => span.SetTag("tenant", record.Header("tenant")),
            Capture =
            {
                Keys = true,
                HeadersIncluded = { "x-*" },
                HeadersExcluded = { "x-internal-*" },
                PayloadTopics = { "orders" },
                PayloadBytesMax = 2048,
                Redactions = { new RedactionRule(@"\b\d{13,19}\b") },
            },
        };
        // end-snippet
        using var traced = Substitute.For<IProducer<string, string>>().WithTracing(options: options);
        Assert.NotNull(traced);
    }

    [Fact]
    public void Statistics_are_turned_on()
    {
        // begin-snippet: statistics
        var measured = new KafkaTracingOptions { StatisticsInterval = TimeSpan.FromSeconds(15) };
        // end-snippet
        using var traced = new TracingProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = "127.0.0.1:1" }, measured)
            .SetLogHandler((_, _) => { }).Build();
        Assert.NotNull(traced);
    }

    [Theory]
    [InlineData("src/Throughline.Kafka/README.md", 9)]
    [InlineData("README.md", 2)]
    [InlineData("docs/processing.md", 4)]
    public void Readme_says_what_is_compiled_here(string readme, int count)
    {
        string[] compiled = [.. Compiled.SelectMany(file => File.ReadAllLines(Path.Combine(ServersFolder.RepositoryRoot()!, file)))];
        var snippets = Snippets(compiled, "// begin-snippet: ", "// end-snippet");
        var told = Snippets(File.ReadAllLines(Path.Combine(ServersFolder.RepositoryRoot()!, readme)), "<!-- snippet: ", "```");
        Assert.Equal(count, told.Count);
        Assert.All(told, pair => Assert.Equal(snippets[pair.Key], pair.Value));
    }

    // Name → lines without their common indentation.
    private static Dictionary<string, string> Snippets(string[] lines, string begin, string end)
    {
        var snippets = new Dictionary<string, string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (!line.StartsWith(begin, StringComparison.Ordinal))
            {
                continue;
            }

            var name = line[begin.Length..].Replace("-->", "").Trim();
            var first = i + (begin[0] == '<' ? 2 : 1);
            var body = lines.Skip(first).TakeWhile(each => each.Trim() != end).ToList();
            var indent = body.Where(each => each.Length > 0).Min(each => each.Length - each.TrimStart().Length);
            snippets[name] = string.Join('\n', body.Select(each => each.Length == 0 ? each : each[indent..])).Trim();
        }

        return snippets;
    }
}

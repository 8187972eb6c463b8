using System.Diagnostics;
using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Testing.Tests;

public class ReadmeTests
{
    private static readonly ActivitySource Source = new("Shop");

    [Fact]
    public async Task Example_in_the_readme_runs()
    {
        // <readme>
        using var broker = EmbeddedBroker.Start();
        broker.CreateTopic("orders", partitions: 1);
        using var recorder = SpanRecorder.Start("Shop");

        await PlaceOrderAsync(broker.BootstrapServers);             // the code under test
        ReadOrder(broker.ConsumerConfig("billing"));

        await recorder.WaitForAsync("process orders");
        var trace = recorder.AssertSingleTrace().AssertNoOrphans();
        trace.Span("send orders").HasKind(ActivityKind.Producer).HasParent("POST /orders");
        trace.Span("process orders").HasParent("send orders").HasLinkTo("send orders").HasTag("order.id", 42);
        // </readme>
    }

    [Fact]
    public void Example_in_the_readme_is_the_one_that_runs()
    {
        var root = ServersFolder.RepositoryRoot();
        Assert.SkipWhen(root is null, "runs outside the repository");
        var code = File.ReadAllText(Path.Combine(root, "tests", "Throughline.Testing.Tests", "ReadmeTests.cs"));
        var example = code.Split("// <readme>\n")[1].Split("        // </readme>")[0];

        var expected = string.Join('\n', example.Split('\n').Select(line => line.Length >= 8 ? line[8..] : line));

        Assert.Contains(
            $"```csharp\n{expected}```\n",
            File.ReadAllText(Path.Combine(root, "src", "Throughline.Testing", "README.md")),
            StringComparison.Ordinal);
    }

    private static async Task PlaceOrderAsync(string servers)
    {
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = servers }).Build();
        using var request = Source.StartActivity("POST /orders", ActivityKind.Server);
        using var send = Source.StartActivity("send orders", ActivityKind.Producer)!;
        var headers = new Headers { { "traceparent", System.Text.Encoding.UTF8.GetBytes(send.Id!) } };
        await producer.ProduceAsync("orders", new Message<Null, string> { Value = "42", Headers = headers });
    }

    private static void ReadOrder(ConsumerConfig config)
    {
        using var consumer = new ConsumerBuilder<Ignore, string>(config).Build();
        consumer.Subscribe("orders");
        var record = consumer.Consume(TimeSpan.FromSeconds(30));
        var header = System.Text.Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes("traceparent"));
        var context = ActivityContext.Parse(header, traceState: null);
        using (var process = Source.StartActivity("process orders", ActivityKind.Consumer, context, links: [new(context)])!)
        {
            process.SetTag("order.id", int.Parse(record.Message.Value));
        }

        consumer.Close();
    }
}

using System.Text.Json;
using System.Text;
using Confluent.Kafka;
using Throughline.Kafka;
using Throughline.TestServers;
using Throughline.Testing;

namespace Throughline.Cli.Tests;

public sealed class RedriveTests : IDisposable
{
    private const string DeadLetterTopic = "orders.dlq";

    private readonly EmbeddedBroker _broker = EmbeddedBroker.Start();

    public RedriveTests()
    {
        _broker.CreateTopic(DeadLetterTopic, partitions: 1);
        _broker.CreateTopic("orders", partitions: 2);
    }

    [Fact]
    public async Task Letters_are_looked_at_then_sent_back_and_not_sent_twice()
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = _broker.BootstrapServers }).Build();
        await producer.ProduceAsync(DeadLetterTopic, Letter("orders", "System.TimeoutException", "the warehouse\ndid not answer"));
        await producer.ProduceAsync(DeadLetterTopic, Letter("orders", "System.FormatException", "no such order"));

        using (var look = await RunAsync(ExitCodes.Ok, "--dry-run"))
        {
            Assert.Contains("[0]@0         orders[1]         3", look.Output, StringComparison.Ordinal);
            Assert.Contains("TimeoutException: the warehouse did not answer", look.Output, StringComparison.Ordinal);
            Assert.Contains("2 letters to send: 2 ", look.Output, StringComparison.Ordinal);
            Assert.Contains("without --dry-run", look.Output, StringComparison.Ordinal);
            Assert.Empty(look.Leftovers);
        }

        using (var some = await RunAsync(ExitCodes.Ok, "--error", "TimeoutException", "--json"))
        {
            var document = JsonDocument.Parse(some.Output).RootElement;
            Assert.Equal(
                (1, 1, 0, "all_seen"),
                (document.GetProperty("sent").GetInt32(), document.GetProperty("putBack").GetInt32(),
                    document.GetProperty("withoutDestination").GetInt32(), document.GetProperty("end").GetString()));
            Assert.Equal(["send", "put_back"], document.GetProperty("letters").EnumerateArray().Select(letter => letter.GetProperty("decision").GetString()));
        }

        using (var rest = await RunAsync(ExitCodes.Ok))
        {
            Assert.Contains("1 letter sent: 1 ", rest.Output, StringComparison.Ordinal);
        }

        using (var none = await RunAsync(ExitCodes.Ok))
        {
            Assert.Contains("0 letters sent", none.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Letter_that_nobody_can_send_back_is_a_finding()
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = _broker.BootstrapServers }).Build();
        await producer.ProduceAsync(DeadLetterTopic, new() { Value = [1] });
        using var process = await RunAsync(ExitCodes.Findings, "--dry-run");
        Assert.Contains("1 letter without an original topic", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_is_said_before_anything_is_done()
    {
        using (var topic = await RunAsync(ExitCodes.Usage, "--to", "nowhere"))
        {
            Assert.Contains("there is no topic nowhere", topic.Error, StringComparison.Ordinal);
        }

        using (var setting = await RunAsync(ExitCodes.Usage, "-X", "no.such.setting=1"))
        {
            Assert.Contains("no.such.setting", setting.Error, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _broker.Dispose();

    private async Task<CliProcess> RunAsync(int expected, params string[] arguments)
    {
        var (process, exitCode) = await CliProcess.RunAsync(
            ["redrive", "--bootstrap-servers", _broker.BootstrapServers, "--topic", DeadLetterTopic, "-X", "session.timeout.ms=2000", .. arguments]);
        Assert.True(expected == exitCode, $"exit code {exitCode}\n{process.Error}\n{process.Output}");
        return process;
    }

    private static Message<byte[], byte[]> Letter(string topic, string type, string message)
    {
        var headers = new Headers();
        foreach (var (name, text) in ((string, string)[])
        [
            (FailureHeaderNames.OriginalTopic, topic),
            (FailureHeaderNames.OriginalPartition, "1"),
            (FailureHeaderNames.OriginalOffset, "7"),
            (FailureHeaderNames.Attempts, "0000000003"),
            (FailureHeaderNames.FailedAt, $"{DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeMilliseconds()}"),
            (FailureHeaderNames.FailureType, type),
            (FailureHeaderNames.FailureMessage, message),
        ])
        {
            headers.Add(name, Encoding.UTF8.GetBytes(text));
        }

        return new() { Value = [1], Headers = headers };
    }
}

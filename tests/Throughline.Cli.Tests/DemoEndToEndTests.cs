using System.Text.Json;
using Throughline.TestServers;

namespace Throughline.Cli.Tests;

public class DemoEndToEndTests
{
    private const int SigInt = 2;
    private const int SigTerm = 15;

    [Fact]
    public async Task Orders_become_one_whole_trace_each()
    {
        await using var backend = await Backend.StartAsync();
        var (process, exitCode) = await CliProcess.RunAsync(
            "demo", "--calm", "--orders", "3", "--json", "--otlp", backend.Address.ToString());
        using (process)
        {
            Assert.True(exitCode == ExitCodes.Ok, process.Error);
            using var document = JsonDocument.Parse(process.Output);
            var root = document.RootElement;
            Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
            Assert.Equal(3, root.GetProperty("unbrokenTraces").GetInt32());
            Assert.Equal(3, root.GetProperty("notifications").GetInt32());
            Assert.Equal(3, root.GetProperty("headers").GetProperty("withTraceparent").GetInt32());

            // traceparent's name and value.
            Assert.Equal(66, root.GetProperty("headers").GetProperty("bytesPerRecord").GetDouble());
            Assert.Equal(3, root.GetProperty("traces").EnumerateArray().Select(TraceId).Distinct().Count());
            Assert.All(root.GetProperty("traces").EnumerateArray(), HasEverySpan);
            Assert.NotEmpty(backend.Bodies);
            Assert.Empty(process.Leftovers);
        }
    }

    [Fact]
    public async Task Without_the_extract_step_every_trace_is_broken_and_the_exit_code_says_so()
    {
        var (process, exitCode) = await CliProcess.RunAsync("demo", "--orders", "3", "--broken", "--once");
        using (process)
        {
            Assert.True(exitCode == ExitCodes.Findings, process.Error);
            Assert.Contains("3 orders: 0 unbroken traces, 3 broken", process.Output, StringComparison.Ordinal);
            Assert.Contains("3 × process_order_event is in a trace of its own", process.Output, StringComparison.Ordinal);
            Assert.Contains("✂ the trace ends;", process.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("\e", process.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(SigInt, "Warm-up", 130)]
    [InlineData(SigTerm, "Kafka", 143)]
    public async Task A_signal_stops_everything_and_leaves_nothing_behind(int signal, string step, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are found by /proc.");
        using var process = CliProcess.Start("demo", "--orders", "10000");
        await process.WaitForErrorAsync(step);

        process.Signal(signal);

        Assert.Equal(exitCode, await process.WaitForExitAsync());
        Assert.Empty(process.Output);
        Assert.Contains("Stopped.", process.Error, StringComparison.Ordinal);
        Assert.Empty(process.LeftoverProcesses);
        Assert.Empty(process.Leftovers);
    }

    private static string? TraceId(JsonElement trace) => trace.GetProperty("traceId").GetString();

    private static void HasEverySpan(JsonElement trace)
    {
        Assert.True(trace.GetProperty("whole").GetBoolean());
        Assert.Equal(
            [
                "INSERT orders CLIENT", "POST /orders SERVER", "POST CLIENT", "UPDATE orders CLIENT",
                "create_order INTERNAL", "process order-events CONSUMER", "process_order_event INTERNAL",
                "send order-events PRODUCER",
            ],
            trace.GetProperty("spans").EnumerateArray()
                .Select(span => $"{span.GetProperty("name")} {span.GetProperty("kind")}").Order(StringComparer.Ordinal));
    }
}

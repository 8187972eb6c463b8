using System.Diagnostics;
using System.Diagnostics.Metrics;
using Throughline.TestServers;

namespace Throughline.OpenTelemetry.Tests;

public sealed class CollectorTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Collector? _collector;

    public async ValueTask InitializeAsync() => _collector = await Collector.TryStartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_collector is not null)
        {
            await _collector.DisposeAsync();
        }
    }

    [Fact]
    public async Task Json_says_the_same_as_protobuf()
    {
        Assert.SkipWhen(_collector is null, "no Collector");

        // One trace, heard by three SDKs at once.
        using var source = new ActivitySource("Test." + Guid.NewGuid().ToString("N"), "1.2.3");
        var telemetry = new[] { ("grpc", "none"), ("http/protobuf", "gzip"), ("http/json", "gzip") }
            .Select(way => Telemetry.Start(
                options => options.AddSource(source.Name),
                Telemetry.TracesTo(
                    way.Item1 == "grpc" ? _collector.OtlpGrpc : _collector.OtlpHttp,
                    way.Item1,
                    ("OTEL_EXPORTER_OTLP_COMPRESSION", way.Item2),
                    ("OTEL_SERVICE_NAME", way.Item1),
                    ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=1"),
                    ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "3"))))
            .ToArray();
        OrderTrace.Record(source);
        var printed = new List<string>();
        foreach (var sdk in telemetry)
        {
            Assert.True(sdk.Flush());
            printed.Add(await PrintedAsync(printed.Count));
            sdk.Dispose();
        }

        Assert.Contains("process orders", printed[0], StringComparison.Ordinal);
        Assert.Contains("Dropped", printed[0], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(printed[0], printed[1]);
        Assert.Equal(printed[0], printed[2]);
    }

    [Fact]
    public async Task Metrics_arrive()
    {
        Assert.SkipWhen(_collector is null, "no Collector");
        using var meter = new Meter("Test." + Guid.NewGuid().ToString("N"));
        using var telemetry = Telemetry.Start(
            options => options.AddMeter(meter.Name),
            Telemetry.TracesTo(_collector.OtlpGrpc, "grpc", ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "otlp")));
        meter.CreateCounter<long>("messaging.client.sent.messages").Add(3);

        Assert.True(telemetry.Flush());

        await _collector.WaitForLineAsync(line => line.Contains("messaging.client.sent.messages", StringComparison.Ordinal), Patience);
        await _collector.WaitForLineAsync(line => line.Contains("Value: 3", StringComparison.Ordinal), Patience);
    }

    /// <summary>What the Collector printed for the request of that number, without the name that tells the three apart.</summary>
    private async Task<string> PrintedAsync(int number)
    {
        var block = await Eventually.GetAsync(_ => Task.FromResult(Block.Find(_collector!.Output, number)));
        return string.Join('\n', block.Lines.Where(line => !line.Contains("service.name: Str(", StringComparison.Ordinal)));
    }

    /// <summary>From after the request's first line, which has the time, to the Collector's own closing one.</summary>
    private readonly record struct Block(IReadOnlyList<string> Lines)
    {
        public static Block? Find(IReadOnlyList<string> output, int number)
        {
            var starts = output.Index().Where(line => line.Item.EndsWith("ResourceSpans #0", StringComparison.Ordinal)).ToArray();
            if (starts.Length <= number)
            {
                return null;
            }

            var lines = output.Skip(starts[number].Index + 1).ToArray();
            var end = Array.FindIndex(lines, line => line.Contains("otelcol.component.id", StringComparison.Ordinal));
            return end < 0 ? null : new Block([.. lines.Take(end)]);
        }
    }
}

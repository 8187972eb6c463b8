using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Throughline.Cli.Demo.Otlp;

namespace Throughline.Cli.Tests;

public sealed class OtlpTraceReaderTests
{
    [Fact]
    public async Task What_the_SDKs_exporter_sends_is_what_the_reader_reads()
    {
        await using var receiver = await SpanReceiver.StartAsync(CancellationToken.None);
        using var source = new ActivitySource("reader-test");
        var linked = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        Activity parent, child;
        using (Export(source.Name, receiver.Address))
        {
            parent = source.StartActivity("parent", ActivityKind.Producer)!;
            child = source.StartActivity(
                "child ✓", ActivityKind.Consumer, default(ActivityContext), links: [new ActivityLink(linked)])!;
            child.SetTag("text", "é").SetTag("number", -7L).SetTag("ratio", 1.5).SetTag("flag", true).SetTag("list", new[] { "a" });
            child.SetStatus(ActivityStatusCode.Error, "it failed");
            child.Stop();
            parent.Stop();
        }

        var spans = await receiver.Batches.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);

        var root = spans.Single(span => span.Name == "parent");
        Assert.Equal(parent.TraceId.ToHexString(), root.TraceId);
        Assert.Equal(TraceSpanKind.Producer, root.Kind);
        Assert.Equal("reader", root.Service);
        Assert.Null(root.ParentSpanId);
        Assert.Null(root.Error);

        var read = spans.Single(span => span.Name == "child ✓");
        Assert.Equal(parent.SpanId.ToHexString(), read.ParentSpanId);
        Assert.Equal(child.SpanId.ToHexString(), read.SpanId);
        Assert.Equal(TraceSpanKind.Consumer, read.Kind);
        Assert.Equal("it failed", read.Error);
        Assert.Equal("é", read.Text("text"));
        Assert.Equal(-7, read.Integer("number"));
        Assert.Equal(1.5, read.Attributes["ratio"]);
        Assert.Equal(true, read.Attributes["flag"]);
        Assert.Equal(child.Duration, read.Duration);
        Assert.Equal(new TraceSpanLink(linked.TraceId.ToHexString(), linked.SpanId.ToHexString()), Assert.Single(read.Links));
    }

    [Fact]
    public async Task Cut_short_anywhere_it_is_refused_or_read_but_never_thrown_at()
    {
        var request = await RecordRequestAsync();
        for (var length = 0; length < request.Length; length++)
        {
            var spans = new List<TraceSpan>();
            var taken = OtlpTraceReader.TryRead(request.AsSpan(0, length), spans);
            Assert.Equal(length == 0, taken);
        }
    }

    [Fact]
    public async Task Mutated_input_never_throws()
    {
        var request = await RecordRequestAsync();
        var random = new Random(20);
        for (var round = 0; round < 50_000; round++)
        {
            var mutated = (byte[])request.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            OtlpTraceReader.TryRead(mutated, []);
        }
    }

    private static async Task<byte[]> RecordRequestAsync()
    {
        await using var backend = await Backend.StartAsync();
        using var source = new ActivitySource("reader-bytes");
        using (Export(source.Name, backend.Address))
        {
            source.StartActivity("span", ActivityKind.Client)!.SetTag("key", "value").Stop();
        }

        return Assert.Single(backend.Bodies);
    }

    private static TracerProvider Export(string source, Uri receiver) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("reader"))
        .SetSampler(new AlwaysOnSampler())
        .AddSource(source)
        .AddOtlpExporter(otlp =>
        {
            otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
            otlp.Endpoint = new Uri(receiver, "/v1/traces");
        })
        .Build();
}

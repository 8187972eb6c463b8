using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Throughline.TestServers;

namespace Throughline.OpenTelemetry.Tests;

public sealed class JaegerTests : IAsyncLifetime
{
    private Jaeger? _jaeger;

    public async ValueTask InitializeAsync() => _jaeger = await Jaeger.TryStartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_jaeger is not null)
        {
            await _jaeger.DisposeAsync();
        }
    }

    [Fact]
    public async Task Jaeger_has_the_trace_whole_whatever_the_protocol()
    {
        Assert.SkipWhen(_jaeger is null, "no Jaeger");
        foreach (var (protocol, exporter) in new[] { ("grpc", "otlp"), ("http/protobuf", "otlp"), ("http/json", "otlp"), ("grpc", "jaeger") })
        {
            var address = protocol == "grpc" ? _jaeger.OtlpGrpc : _jaeger.OtlpHttp;
            using var telemetry = Telemetry.Start(Telemetry.TracesTo(
                address, protocol, ("OTEL_TRACES_EXPORTER", exporter), ("OTEL_SERVICE_NAME", "orders")));
            var trace = OrderTrace.Record(telemetry.Source);
            Assert.True(telemetry.Flush(), protocol);

            var kept = await TraceAsync(trace.TraceId);

            AssertWhole(trace, kept, telemetry.Source.Name);
        }
    }

    private static void AssertWhole(OrderTrace trace, JsonElement kept, string scope)
    {
        var resource = kept.GetProperty("resourceSpans")[0];
        Assert.Equal("orders", resource.GetProperty("resource").Attributes()["service.name"]);
        Assert.Equal(scope, resource.GetProperty("scopeSpans")[0].GetProperty("scope").GetProperty("name").GetString());
        Assert.Equal(4, kept.Spans().Count());

        var (request, send) = (kept.Span("POST /orders"), kept.Span("send orders"));
        var (process, commit) = (kept.Span("process orders"), kept.Span("commit orders"));
        Assert.Equal([2, 4, 5, 3], new[] { request, send, process, commit }.Select(span => span.GetProperty("kind").GetInt32()));
        Assert.Equal("", Text(request, "parentSpanId"));
        Assert.Equal(trace.Request.SpanId.ToHexString(), Text(send, "parentSpanId"));
        Assert.Equal(trace.Send.SpanId.ToHexString(), Text(process, "parentSpanId"));
        Assert.Equal(trace.Process.SpanId.ToHexString(), Text(commit, "parentSpanId"));
        Assert.Equal("""{"intValue":"42"}""", send.Attributes()["messaging.kafka.offset"]);

        var link = Assert.Single(process.GetProperty("links").EnumerateArray());
        Assert.Equal((trace.TraceId, trace.Send.SpanId.ToHexString()), (Text(link, "traceId"), Text(link, "spanId")));
        Assert.Equal("""{"intValue":"3"}""", link.Attributes()["partition"]);
        Assert.Equal("vendor=1", Text(process, "traceState"));
        Assert.Equal("retried", Text(Assert.Single(process.GetProperty("events").EnumerateArray()), "name"));
        Assert.Equal(2, commit.GetProperty("status").GetProperty("code").GetInt32());
        Assert.Equal("no coordinator", Text(commit.GetProperty("status"), "message"));
    }

    /// <summary>Jaeger stores after it answers, so the trace is asked for until all of it is there.</summary>
    private async Task<JsonElement> TraceAsync(string traceId)
    {
        using var client = new HttpClient();
        var address = new Uri(_jaeger!.Query, "api/v3/traces/" + traceId);
        return await Eventually.GetAsync(async cancellation =>
        {
            using var response = await client.GetAsync(address, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return (JsonElement?)null;
            }

            var found = (await response.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("result");
            return found.Spans().Count() == 4 ? found : null;
        });
    }

    private static string Text(JsonElement owner, string property) =>
        owner.TryGetProperty(property, out var value) ? value.GetString()! : "";
}

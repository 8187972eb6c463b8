using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Throughline.TestServers;

namespace Throughline.OpenTelemetry.Tests;

public sealed class ZipkinServerTests : IAsyncLifetime
{
    private Zipkin? _zipkin;

    public async ValueTask InitializeAsync() => _zipkin = await Zipkin.TryStartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_zipkin is not null)
        {
            await _zipkin.DisposeAsync();
        }
    }

    [Fact]
    public async Task Zipkin_has_the_trace_whole()
    {
        Assert.SkipWhen(_zipkin is null, "no Zipkin");
        using var telemetry = Telemetry.Start(
            ("OTEL_TRACES_EXPORTER", "zipkin"),
            ("OTEL_METRICS_EXPORTER", "none"),
            ("OTEL_SERVICE_NAME", "orders"),
            ("OTEL_EXPORTER_ZIPKIN_ENDPOINT", new Uri(_zipkin.Query, "api/v2/spans").ToString()));
        var trace = OrderTrace.Record(telemetry.Source);
        Assert.True(telemetry.Flush());
        Assert.Empty(telemetry.Warnings);

        var spans = (await TraceAsync(trace.TraceId)).EnumerateArray().ToDictionary(span => Text(span, "name"));

        var (request, send, process, commit) = (spans["post /orders"], spans["send orders"], spans["process orders"], spans["commit orders"]);
        Assert.Equal(["SERVER", "PRODUCER", "CONSUMER", "CLIENT"], new[] { request, send, process, commit }.Select(span => Text(span, "kind")));
        Assert.Equal("", Text(request, "parentId"));
        Assert.Equal(trace.Request.SpanId.ToHexString(), Text(send, "parentId"));
        Assert.Equal(trace.Send.SpanId.ToHexString(), Text(process, "parentId"));
        Assert.Equal(trace.Process.SpanId.ToHexString(), Text(commit, "parentId"));
        Assert.All(spans.Values, span => Assert.Equal("orders", Text(span.GetProperty("localEndpoint"), "serviceName")));
        Assert.Equal("kafka", Text(send.GetProperty("remoteEndpoint"), "serviceName"));
        Assert.Equal("127.0.0.1", Text(send.GetProperty("remoteEndpoint"), "ipv4"));
        Assert.Equal("42", Text(send.GetProperty("tags"), "messaging.kafka.offset"));
        Assert.Equal("""["a","b"]""", Text(process.GetProperty("tags"), "list"));
        Assert.Equal($"{trace.TraceId}-{trace.Send.SpanId}", Text(process.GetProperty("tags"), "otel.link.0"));
        Assert.Equal("3", Text(process.GetProperty("tags"), "otel.link.0.partition"));
        Assert.Equal("""
            "retried":{"attempt":"2"}
            """, Text(Assert.Single(process.GetProperty("annotations").EnumerateArray()), "value"));
        Assert.Equal("no coordinator", Text(commit.GetProperty("tags"), "error"));
    }

    private async Task<JsonElement> TraceAsync(string traceId)
    {
        using var client = new HttpClient();
        return await Eventually.GetAsync(async cancellation =>
        {
            using var response = await client.GetAsync(new Uri(_zipkin!.Query, "api/v2/trace/" + traceId), cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return (JsonElement?)null;
            }

            var spans = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            return spans.GetArrayLength() == 4 ? spans : null;
        });
    }

    private static string Text(JsonElement owner, string property) =>
        owner.TryGetProperty(property, out var value) ? value.GetString()! : "";
}

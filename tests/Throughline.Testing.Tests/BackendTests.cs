using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Throughline.TestServers;

namespace Throughline.Testing.Tests;

/// <summary>The backends that other tests send to take a span over plain HTTP and show it.</summary>
public class BackendTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string SpanId = "b7ad6b7169203331";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Jaeger_takes_a_span_and_answers_for_it()
    {
        await using var jaeger = await Jaeger.TryStartAsync();
        Assert.SkipWhen(jaeger is null, "no Jaeger here");

        await PostAsync(new Uri(jaeger.OtlpHttp, "v1/traces"), Otlp());

        var found = await GetAsync(new Uri(jaeger.Query, $"api/traces/{TraceId}"));
        Assert.Equal("send orders", found.GetProperty("data")[0].GetProperty("spans")[0].GetProperty("operationName").GetString());
    }

    [Fact]
    public async Task Zipkin_takes_a_span_and_answers_for_it()
    {
        await using var zipkin = await Zipkin.TryStartAsync();
        Assert.SkipWhen(zipkin is null, "no Zipkin here");
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;

        await PostAsync(
            new Uri(zipkin.Query, "api/v2/spans"),
            $$"""[{"traceId":"{{TraceId}}","id":"{{SpanId}}","name":"send orders","timestamp":{{now}},"duration":1500}]""");

        var found = await GetAsync(new Uri(zipkin.Query, $"api/v2/trace/{TraceId}"));
        Assert.Equal("send orders", found[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Collector_prints_the_spans_that_it_takes()
    {
        await using var collector = await Collector.TryStartAsync();
        Assert.SkipWhen(collector is null, "no Collector here");

        await PostAsync(new Uri(collector.OtlpHttp, "v1/traces"), Otlp());

        await collector.WaitForLineAsync(line => line.Contains(TraceId, StringComparison.Ordinal), Patience);
        await collector.WaitForLineAsync(line => line.Contains("send orders", StringComparison.Ordinal), Patience);
    }

    private static string Otlp()
    {
        var start = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;
        return $$$"""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},
             "scopeSpans":[{"scope":{"name":"test"},"spans":[{"traceId":"{{{TraceId}}}","spanId":"{{{SpanId}}}","name":"send orders",
             "kind":4,"startTimeUnixNano":"{{{start}}}","endTimeUnixNano":"{{{start + 1_500_000}}}"}]}]}]}
            """;
    }

    private static async Task PostAsync(Uri url, string json)
    {
        using var http = new HttpClient();
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(url, body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Asks until the backend has stored what it took.</summary>
    private static async Task<JsonElement> GetAsync(Uri url)
    {
        using var http = new HttpClient();
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            using var answer = await http.GetAsync(url);
            if (answer.IsSuccessStatusCode)
            {
                return await answer.Content.ReadFromJsonAsync<JsonElement>();
            }

            Assert.True(DateTime.UtcNow < end, $"{url} answers {(int)answer.StatusCode}");
            await Task.Delay(50);
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Tests.Api;

namespace Throughline.Server.Tests.Compat;

/// <summary>Against what a real Tempo was seen to answer; its fields and their forms are those of its API's documentation.</summary>
public sealed class TempoTests
{
    [Theory]
    [InlineData("q={ resource.service.name = \"billing\" }", Samples.Billing)]
    [InlineData("q={ status = error %26%26 span.messaging.system = \"kafka\" }", Samples.Order)]
    [InlineData("q={}", $"ab,{Samples.Billing},{Samples.Order}")]
    [InlineData("tags=service.name=mailer span.kind=consumer", Samples.Order)]
    [InlineData("tags=name=\"process orders\"", $"{Samples.Billing},{Samples.Order}")]
    [InlineData("tags=error=true", Samples.Order)]
    [InlineData("minDuration=2s", "ab")]
    [InlineData("tags=messaging.system=kafka&maxDuration=100ms", Samples.Billing)]
    [InlineData("messaging.system=kafka", $"{Samples.Billing},{Samples.Order}")]
    [InlineData("start=1795255205&end=1795255208", Samples.Billing)]
    [InlineData("tags=service.name=nobody", "")]
    public async Task Traces_are_found(string query, string traces)
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var answer = await server.GetAsync("/tempo/api/search?" + query);
        var found = answer.GetProperty("traces").EnumerateArray().Select(t => t.GetProperty("traceID").GetString());
        Assert.Equal(traces.Replace(Samples.Order, Samples.Order[1..], StringComparison.Ordinal), string.Join(',', found));
    }

    [Fact]
    public async Task A_found_trace_is_told_as_Tempo_tells_it()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var answer = await server.GetAsync("/tempo/api/search?q={ span.messaging.kafka.offset = 4711 %26%26 status = error }");
        Assert.Equal(
            """{"traceID":"af7651916cd43dd8448eb211c80319c","rootServiceName":"shop","rootTraceName":"POST /orders","startTimeUnixNano":"1795255200000000000","durationMs":800,"spanSets":[{"spans":[{"spanID":"00f067aa0ba902b9","name":"process orders","startTimeUnixNano":"1795255200200000000","durationNanos":"600000000","attributes":[{"key":"messaging.kafka.offset","value":{"intValue":"4711"}},{"key":"status","value":{"stringValue":"error"}}]}],"matched":1}],"serviceStats":{"shop":{"spanCount":2},"mailer":{"spanCount":1,"errorCount":1}}}""",
            JsonSerializer.Serialize(answer.GetProperty("traces")[0]));
        Assert.Equal(JsonValueKind.Object, answer.GetProperty("metrics").ValueKind);
    }

    [Theory]
    [InlineData("""{"tags":{"messaging.system":"kafka","span.kind":"consumer"},"minDuration":"500ms"}""", "0af7651916cd43dd8448eb211c80319c")]
    [InlineData("""{"tags":"service.name=billing","limit":5}""", Samples.Billing)]
    [InlineData("""{"q":"{ name = \"tidy\" }"}""", Samples.Other)]
    [InlineData("", $"{Samples.Other} {Samples.Billing} {Samples.Order}")]
    public async Task The_post_that_guides_show_counts(string body, string traces)
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var (status, _, text) = await server.AskAsync("/tempo/api/search", body);
        Assert.Equal(HttpStatusCode.OK, status);
        var found = JsonDocument.Parse(text).RootElement.GetProperty("traces").EnumerateArray()
            .Select(t => t.GetProperty("traceID").GetString()!.PadLeft(32, '0'));
        Assert.Equal(traces, string.Join(' ', found));
    }

    [Theory]
    [InlineData("/tempo/api/search?q={ %2B }", null, "invalid TraceQL query: parse error at line 1, col 3: syntax error: unexpected +")]
    [InlineData("/tempo/api/search?q={}&tags=a=b", null, "invalid request: can't specify tags and q in the same query")]
    [InlineData("/tempo/api/search?tags=a=\"b", null, "invalid tags: unterminated quoted value at pos 3")]
    [InlineData("/tempo/api/search?limit=0", null, "invalid limit: must be a positive number")]
    [InlineData("/tempo/api/search?minDuration=5", null, "invalid minDuration: time: invalid duration \"5\"")]
    [InlineData("/tempo/api/search?minDuration=5s&maxDuration=1s", null, "invalid maxDuration: must be greater than minDuration")]
    [InlineData("/tempo/api/search?start=2&end=1", null, "http parameter start must be before end. received start=2 end=1")]
    [InlineData("/tempo/api/search", "{\"tag\":{}}", "invalid body: there is no tag; known are q, query, tags, minDuration, maxDuration, limit, spss, start, end")]
    [InlineData("/tempo/api/search", "[1", "invalid body: it is no JSON")]
    [InlineData("/tempo/api/traces/xyz", null, "trace IDs can only contain hex characters: invalid trace ID 'xyz'")]
    public async Task Errors_are_text(string path, string? body, string message)
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var (status, type, text) = await server.AskAsync(path, body);
        Assert.Equal((HttpStatusCode.BadRequest, "text/plain"), (status, type));
        Assert.StartsWith(message, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var (status, _, _) = await server.AskAsync("/tempo/api/search", "{\"q\":\"" + new string('x', 70_000) + "\"}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task A_trace_is_told_with_ids_in_base64_and_enums_by_name()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var v1 = await server.GetAsync($"/tempo/api/traces/{Samples.Order}");
        var span = v1.GetProperty("batches")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[0];
        Assert.Equal(Convert.ToBase64String(Convert.FromHexString(Samples.Order)), span.GetProperty("traceId").GetString());
        Assert.Equal("SPAN_KIND_SERVER", span.GetProperty("kind").GetString());
        var v2 = await server.GetAsync($"/tempo/api/v2/traces/{Samples.Order.TrimStart('0')}");
        Assert.Equal(
            JsonSerializer.Serialize(v1.GetProperty("batches")),
            JsonSerializer.Serialize(v2.GetProperty("trace").GetProperty("resourceSpans")));
    }

    [Theory]
    [InlineData("/tempo/api/traces/", false)]
    [InlineData("/tempo/api/v2/traces/", true)]
    public async Task A_trace_is_protobuf_for_whoever_accepts_that(string path, bool isWrapped)
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path + Samples.Order, UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/protobuf"));
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal("application/protobuf", answer.Content.Headers.ContentType?.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var spans = new OtlpDecoder().Traces(isWrapped ? OtlpSpan.Field(bytes, (1 << 3) | 2) : bytes).Spans;
        Assert.Equal(["POST /orders", "process orders", "send orders"], spans.Select(s => s.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_missing_trace_is_404_and_nothing()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var (status, _, text) = await server.AskAsync("/tempo/api/traces/ff");
        Assert.Equal((HttpStatusCode.NotFound, ""), (status, text));
    }

    [Fact]
    public async Task Names_are_told_by_scope()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var names = await server.GetAsync("/tempo/api/search/tags?scope=resource");
        Assert.Equal("""["service.name","service.version"]""", JsonSerializer.Serialize(names.GetProperty("tagNames")));
        var scopes = (await server.GetAsync("/tempo/api/v2/search/tags")).GetProperty("scopes").EnumerateArray()
            .ToDictionary(s => s.GetProperty("name").GetString()!, s => s.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).ToList());
        Assert.Equal(["resource", "span", "intrinsic"], scopes.Keys);
        Assert.Contains("http.route", scopes["span"]);
        Assert.DoesNotContain("service.version", scopes["span"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.AskAsync("/tempo/api/search/tags?scope=all of them")).Status);
    }

    [Theory]
    [InlineData("search/tag/service.name", """["billing","shop","cron","mailer"]""")]
    [InlineData("search/tag/http.route", """["/orders"]""")]
    [InlineData("search/tag/status", """["error","ok","unset"]""")]
    [InlineData("v2/search/tag/resource.service.version", """[{"type":"string","value":"1.2.3"}]""")]
    [InlineData("v2/search/tag/.http.response.status_code", """[{"type":"int","value":"202"}]""")]
    [InlineData("v2/search/tag/span.db.ratio", """[{"type":"float","value":"0.5"}]""")]
    [InlineData("v2/search/tag/status", """[{"type":"keyword","value":"error"},{"type":"keyword","value":"ok"},{"type":"keyword","value":"unset"}]""")]
    [InlineData("v2/search/tag/event:name", "[]")]
    public async Task Values_are_told(string tag, string values)
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var answer = await server.GetAsync($"/tempo/api/{tag}/values");
        Assert.Equal(values, JsonSerializer.Serialize(answer.GetProperty("tagValues")));
    }

    [Fact]
    public async Task Grafanas_probes_are_answered()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        Assert.Equal("echo", (await server.AskAsync("/tempo/api/echo")).Text);
        Assert.NotEmpty((await server.GetAsync("/tempo/api/status/buildinfo")).GetProperty("version").GetString()!);
    }
}

using System.Net;
using System.Text.Json;

namespace Throughline.Server.Tests.Api;

public sealed class TraceTests
{
    [Fact]
    public async Task A_trace_is_told_with_everything_that_its_spans_say()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var trace = await server.GetAsync($"/api/v1/traces/{Samples.Order.ToUpperInvariant()}");
        Assert.Equal(Samples.Order, trace.GetProperty("traceId").GetString());
        Assert.Equal(["shop", "mailer"], trace.GetProperty("services").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal(800_000_000, trace.GetProperty("durationNano").GetInt64());
        Assert.True(trace.GetProperty("isSettled").GetBoolean());
        var span = trace.GetProperty("spans")[2];
        Assert.Equal("no such address", span.GetProperty("statusMessage").GetString());
        Assert.Equal("sample", span.GetProperty("scopeName").GetString());
        Assert.Equal(4711, span.GetProperty("attributes").GetProperty("messaging.kafka.offset").GetInt64());
        Assert.Equal("1.2.3", span.GetProperty("resource").GetProperty("service.version").GetString());
        Assert.Equal(
            """[{"name":"exception","time":"2026-11-21T10:00:00.201000000Z","timeUnixNano":"1795255200201000000","attributes":{"exception.type":"MailException"}}]""",
            JsonSerializer.Serialize(span.GetProperty("events")));
        Assert.Equal(
            $$$"""[{"traceId":"{{{Samples.Order}}}","spanId":"b7ad6b7169203331","attributes":{}}]""",
            JsonSerializer.Serialize(span.GetProperty("links")));
    }

    [Fact]
    public async Task Values_have_the_types_that_they_were_sent_with()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var trace = await server.GetAsync($"/api/v1/traces/{Samples.Billing}");
        Assert.Equal(
            """{"db.system.name":"postgresql","db.rows":1,"db.ratio":0.5,"db.cached":false}""",
            JsonSerializer.Serialize(trace.GetProperty("spans")[1].GetProperty("attributes")));
    }

    [Fact]
    public async Task A_producers_trace_knows_who_consumed_in_another()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var trace = await server.GetAsync($"/api/v1/traces/{Samples.Order}");
        var linked = Assert.Single(trace.GetProperty("linkedFrom").EnumerateArray());
        Assert.Equal(Samples.Billing, linked.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task Spans_that_are_not_settled_are_there_once()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        server.AddUnsettled(Samples.All[0]);
        server.AddUnsettled(new SampleSpan("shop", "late", SampleSpan.Server) { Id = "2222222222222222", StartMs = 900 });
        server.AddUnsettled(new SampleSpan("shop", "new", SampleSpan.Server) { Trace = "00000000000000000000000000000001" });
        var trace = await server.GetAsync($"/api/v1/traces/{Samples.Order}");
        Assert.Equal(4, trace.GetProperty("spans").GetArrayLength());
        Assert.False(trace.GetProperty("isSettled").GetBoolean());
        Assert.Equal("new", (await server.GetAsync("/api/v1/traces/1")).GetProperty("spans")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/api/v1/traces/ff", HttpStatusCode.NotFound, "there is no span of trace 000000000000000000000000000000ff")]
    [InlineData("/api/v1/traces/zz", HttpStatusCode.BadRequest, "traceId is 'zz'; allowed is 1 to 32 hex digits that are not all zero")]
    [InlineData("/api/v1/traces/ff?raw=true", HttpStatusCode.BadRequest, "there is no parameter raw; this route has none")]
    [InlineData("/api/v1/records/orders/3/4712", HttpStatusCode.NotFound, "no span names record orders/3@4712")]
    [InlineData("/api/v1/records/orders/-1/4711", HttpStatusCode.BadRequest, "partition is '-1'; allowed is a whole number from 0 to 2147483647")]
    [InlineData("/api/v1/nonsense", HttpStatusCode.NotFound, "there is no /api/v1/nonsense; /api/v1/openapi.json says what there is")]
    public async Task What_is_not_there_is_told(string path, HttpStatusCode status, string detail)
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        Assert.Equal(detail, (await server.GetAsync(path, status)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_record_is_found_by_its_place()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        var record = await server.GetAsync("/api/v1/records/orders/3/4711");
        Assert.Equal(
            ["send", "process", "process"],
            record.GetProperty("spans").EnumerateArray().Select(s => s.GetProperty("messaging").GetProperty("operation").GetString()));
        Assert.Equal([Samples.Order, Samples.Billing], record.GetProperty("traceIds").EnumerateArray().Select(t => t.GetString()));
    }
}

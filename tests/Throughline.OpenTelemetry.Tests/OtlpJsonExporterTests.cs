using System.Diagnostics;
using System.Text.Json;

namespace Throughline.OpenTelemetry.Tests;

public sealed class OtlpJsonExporterTests
{
    [Fact]
    public async Task Span_is_written_as_the_json_mapping_says()
    {
        var link = new ActivityContext(
            ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c"),
            ActivitySpanId.CreateFromString("b7ad6b7169203331"),
            ActivityTraceFlags.Recorded,
            "vendor=1",
            isRemote: true);
        var parent = new ActivityContext(
            ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736"),
            ActivitySpanId.CreateFromString("00f067aa0ba902b7"),
            ActivityTraceFlags.Recorded,
            "rojo=00f0",
            isRemote: true);
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567);

        var span = await ExportAsync(
            source =>
            {
                var activity = source.CreateActivity("process orders", ActivityKind.Consumer, parent, links: [new(link, new([new("messaging.kafka.offset", 42L)]))]);
                activity!.SetStartTime(start.UtcDateTime);
                activity.Start();
                activity.AddEvent(new("retried", start.AddMilliseconds(1), new([new("attempt", 2)])));
                activity.SetStatus(ActivityStatusCode.Error, "no such order");
                activity.SetEndTime(start.UtcDateTime.AddMilliseconds(5));
                return activity;
            });

        Assert.Equal(
            """
            {"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"<id>","parentSpanId":"00f067aa0ba902b7","traceState":"rojo=00f0","flags":769,
            "name":"process orders","kind":5,"startTimeUnixNano":"1767323045123456700","endTimeUnixNano":"1767323045128456700",
            "events":[{"timeUnixNano":"1767323045124456700","name":"retried","attributes":[{"key":"attempt","value":{"intValue":"2"}}]}],
            "links":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","traceState":"vendor=1","flags":769,
            "attributes":[{"key":"messaging.kafka.offset","value":{"intValue":"42"}}]}],
            "status":{"code":2,"message":"no such order"}}
            """.ReplaceLineEndings(""),
            span.GetRawText().Replace(span.GetProperty("spanId").GetString()!, "<id>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ActivityKind.Internal, 1)]
    [InlineData(ActivityKind.Server, 2)]
    [InlineData(ActivityKind.Client, 3)]
    [InlineData(ActivityKind.Producer, 4)]
    [InlineData(ActivityKind.Consumer, 5)]
    public async Task Kind_is_the_protocols_number(ActivityKind kind, int number)
    {
        var span = await ExportAsync(source => source.StartActivity("a", kind)!);

        Assert.Equal(number, span.GetProperty("kind").GetInt32());
        Assert.Equal(0x101u, span.GetProperty("flags").GetUInt32());
    }

    [Fact]
    public async Task Empty_fields_are_left_out()
    {
        var span = await ExportAsync(source => source.StartActivity("a")!);

        Assert.Equal(
            ["traceId", "spanId", "flags", "name", "kind", "startTimeUnixNano", "endTimeUnixNano"],
            span.EnumerateObject().Select(property => property.Name));
    }

    public static TheoryData<object?, string> Values => new()
    {
        { "text", """{"stringValue":"text"}""" },
        { true, """{"boolValue":true}""" },
        { 1, """{"intValue":"1"}""" },
        { long.MinValue, """{"intValue":"-9223372036854775808"}""" },
        { (byte)7, """{"intValue":"7"}""" },
        { 0.5, """{"doubleValue":0.5}""" },
        { double.NaN, """{"doubleValue":"NaN"}""" },
        { double.NegativeInfinity, """{"doubleValue":"-Infinity"}""" },
        { ulong.MaxValue, """{"stringValue":"18446744073709551615"}""" },
        { 'c', """{"stringValue":"c"}""" },
        { new byte[] { 1, 2, 255 }, """{"bytesValue":"AQL/"}""" },
        { new[] { "a", null }, """{"arrayValue":{"values":[{"stringValue":"a"},{}]}}""" },
        { new[] { 1L, 2L }, """{"arrayValue":{"values":[{"intValue":"1"},{"intValue":"2"}]}}""" },
        { new Dictionary<string, object?> { ["k"] = 1 }, """{"kvlistValue":{"values":[{"key":"k","value":{"intValue":"1"}}]}}""" },
        { "half \ud83d of a pair", """{"stringValue":"half \uFFFD of a pair"}""" },
        { "é\n\"", """{"stringValue":"é\n\""}""" },
        { new Unspeakable(), """{"stringValue":"(Unspeakable: NotSupportedException)"}""" },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task Value_keeps_its_type(object? value, string json)
    {
        var span = await ExportAsync(source => source.StartActivity("a")!.SetTag("key", value));

        Assert.Equal($$"""[{"key":"key","value":{{json}}}]""", span.GetProperty("attributes").GetRawText());
    }

    [Fact]
    public async Task What_is_over_a_limit_is_counted()
    {
        var span = await ExportAsync(
            source =>
            {
                var links = Enumerable.Range(0, 5).Select(_ => new ActivityLink(
                    new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), default), new([new("a", 1), new("b", 2)])));
                var activity = source.StartActivity(ActivityKind.Internal, links: links, name: "a")!;
                activity.SetTag("one", "abcdef").SetTag("two", 2).SetTag("three", 3);
                return activity.AddEvent(new("e1", tags: new([new("a", 1), new("b", 2)]))).AddEvent(new("e2"));
            },
            ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "2"),
            ("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "3"),
            ("OTEL_SPAN_EVENT_COUNT_LIMIT", "1"),
            ("OTEL_SPAN_LINK_COUNT_LIMIT", "4"),
            ("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "1"),
            ("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "0"));

        Assert.Equal("abc", span.Attributes()["one"]);
        Assert.Equal(1, span.GetProperty("droppedAttributesCount").GetInt32());
        Assert.Equal(1, span.GetProperty("droppedEventsCount").GetInt32());
        Assert.Equal(1, span.GetProperty("events")[0].GetProperty("droppedAttributesCount").GetInt32());
        Assert.Equal(4, span.GetProperty("links").GetArrayLength());
        Assert.Equal(1, span.GetProperty("droppedLinksCount").GetInt32());
        Assert.Equal(2, span.GetProperty("links")[0].GetProperty("droppedAttributesCount").GetInt32());
    }

    [Fact]
    public async Task Status_in_the_older_tags_is_a_status()
    {
        var span = await ExportAsync(source =>
            source.StartActivity("a")!.SetTag("otel.status_code", "ERROR").SetTag("otel.status_description", "boom"));

        Assert.Equal("""{"code":2,"message":"boom"}""", span.GetProperty("status").GetRawText());
        Assert.False(span.TryGetProperty("attributes", out _));
    }

    [Fact]
    public async Task Request_has_scope_headers_and_compression()
    {
        await using var receiver = await Receiver.StartAsync();
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(
            receiver.Address, "http/json", ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"), ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=s%20p")));
        telemetry.Span("a");
        telemetry.Flush();

        var request = await receiver.NextAsync();
        var scope = request.Json.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("scope");

        Assert.Equal(("POST", "/v1/traces"), (request.Method, request.Path));
        Assert.Equal("application/json", request.Header("content-type"));
        Assert.Equal("gzip", request.Header("content-encoding"));
        Assert.Equal("s p", request.Header("api-key"));
        Assert.Equal($$"""{"name":"{{telemetry.Source.Name}}","version":"1.2.3"}""", scope.GetRawText());
    }

    private static async Task<JsonElement> ExportAsync(Func<ActivitySource, Activity> record, params (string Name, string Value)[] environment)
    {
        await using var receiver = await Receiver.StartAsync();
        using var telemetry = Telemetry.Start(Telemetry.TracesTo(receiver.Address, "http/json", environment));
        using (record(telemetry.Source))
        {
        }

        telemetry.Flush();
        return Assert.Single((await receiver.NextAsync()).Json.Spans());
    }

    private sealed class Unspeakable
    {
        public override string ToString() => throw new NotSupportedException();
    }
}

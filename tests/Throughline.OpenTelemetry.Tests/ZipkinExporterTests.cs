using System.Diagnostics;
using System.Text.Json;

namespace Throughline.OpenTelemetry.Tests;

public sealed class ZipkinExporterTests
{
    [Fact]
    public async Task Span_is_written_as_the_specifications_mapping_says()
    {
        var parent = new ActivityContext(
            ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736"),
            ActivitySpanId.CreateFromString("00f067aa0ba902b7"),
            ActivityTraceFlags.Recorded,
            "rojo=1");
        var link = new ActivityContext(
            ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c"),
            ActivitySpanId.CreateFromString("b7ad6b7169203331"),
            ActivityTraceFlags.Recorded);
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567);

        var span = await ExportAsync(source =>
        {
            var activity = source.CreateActivity("process orders", ActivityKind.Consumer, parent, links: [new(link, new([new("messaging.kafka.offset", 42L)]))]);
            activity!.SetStartTime(start.UtcDateTime);
            activity.Start();
            activity.SetTag("messaging.system", "kafka").SetTag("server.address", "127.0.0.1").SetTag("server.port", 9092);
            activity.SetTag("flag", true).SetTag("list", new[] { 1, 2 }).SetTag("error", false);
            activity.AddEvent(new("plain", start)).AddEvent(new("retried", start.AddMilliseconds(1), new([new("attempt", 2)])));
            activity.SetStatus(ActivityStatusCode.Error, "no such order");
            activity.SetEndTime(start.UtcDateTime.AddMilliseconds(5));
            return activity;
        });

        Assert.Equal(
            """
            {"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","id":"<id>","parentId":"00f067aa0ba902b7","name":"process orders","kind":"CONSUMER",
            "timestamp":1767323045123456,"duration":5000,"localEndpoint":{"serviceName":"orders"},
            "remoteEndpoint":{"serviceName":"kafka","ipv4":"127.0.0.1","port":9092},
            "annotations":[{"timestamp":1767323045123456,"value":"plain"},{"timestamp":1767323045124456,"value":"\"retried\":{\"attempt\":\"2\"}"}],
            "tags":{"otel.status_code":"ERROR","error":"no such order","messaging.system":"kafka","server.address":"127.0.0.1","server.port":"9092",
            "flag":"true","list":"[1,2]","otel.link.0":"0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331","otel.link.0.messaging.kafka.offset":"42",
            "otel.scope.name":"<scope>","otel.scope.version":"1.2.3","w3c.tracestate":"rojo=1","service.instance.id":"1","team":"a"}}
            """.ReplaceLineEndings(""),
            span.GetRawText()
                .Replace(span.GetProperty("id").GetString()!, "<id>", StringComparison.Ordinal)
                .Replace(span.GetProperty("tags").GetProperty("otel.scope.name").GetString()!, "<scope>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ActivityKind.Internal, null)]
    [InlineData(ActivityKind.Server, "SERVER")]
    [InlineData(ActivityKind.Client, "CLIENT")]
    [InlineData(ActivityKind.Producer, "PRODUCER")]
    [InlineData(ActivityKind.Consumer, "CONSUMER")]
    public async Task Kind_is_zipkins_word(ActivityKind kind, string? word)
    {
        var span = await ExportAsync(source => source.StartActivity("a", kind)!);

        Assert.Equal(word, span.TryGetProperty("kind", out var written) ? written.GetString() : null);
    }

    [Theory]
    [InlineData(ActivityKind.Producer, "messaging.system=kafka,server.address=broker-1", """{"serviceName":"kafka"}""")]
    [InlineData(ActivityKind.Producer, "peer.service=events,messaging.system=kafka", """{"serviceName":"events"}""")]
    [InlineData(ActivityKind.Client, "messaging.system=kafka,server.address=broker-1,server.port=9092", """{"serviceName":"broker-1","port":9092}""")]
    [InlineData(ActivityKind.Client, "messaging.system=kafka", """{"serviceName":"kafka"}""")]
    [InlineData(ActivityKind.Client, "peer.address=x,server.address=::1", """{"serviceName":"::1","ipv6":"::1"}""")]
    [InlineData(ActivityKind.Client, "db.name=orders", """{"serviceName":"orders"}""")]
    [InlineData(ActivityKind.Server, "server.address=me", null)]
    [InlineData(ActivityKind.Client, "other=1", null)]
    public async Task Remote_endpoint_is_who_is_at_the_other_end(ActivityKind kind, string tags, string? endpoint)
    {
        var span = await ExportAsync(source =>
        {
            var activity = source.StartActivity("a", kind)!;
            foreach (var tag in tags.Split(','))
            {
                activity.SetTag(tag.Split('=')[0], tag.Split('=')[1]);
            }

            return activity;
        });

        Assert.Equal(endpoint, span.TryGetProperty("remoteEndpoint", out var written) ? written.GetRawText() : null);
    }

    [Fact]
    public async Task Error_without_a_description_is_still_an_error()
    {
        var span = await ExportAsync(source => source.StartActivity("a")!.SetStatus(ActivityStatusCode.Error));

        Assert.Equal("", span.GetProperty("tags").GetProperty("error").GetString());
    }

    [Fact]
    public async Task Tag_named_error_does_not_make_a_failure_of_a_success()
    {
        var span = await ExportAsync(source => source.StartActivity("a")!.SetTag("error", "false").SetStatus(ActivityStatusCode.Ok));

        Assert.Equal("OK", span.GetProperty("tags").GetProperty("otel.status_code").GetString());
        Assert.False(span.GetProperty("tags").TryGetProperty("error", out _));
    }

    [Fact]
    public async Task What_is_over_a_limit_is_counted_in_tags()
    {
        var span = await ExportAsync(
            source =>
            {
                var links = Enumerable.Range(0, 3).Select(_ => new ActivityLink(
                    new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), default)));
                return source.StartActivity(ActivityKind.Internal, links: links, name: "a")!.SetTag("one", 1).SetTag("two", 2)
                    .AddEvent(new("e1")).AddEvent(new("e2"));
            },
            ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "1"),
            ("OTEL_SPAN_EVENT_COUNT_LIMIT", "1"),
            ("OTEL_SPAN_LINK_COUNT_LIMIT", "2"));

        var tags = span.GetProperty("tags");
        Assert.Equal("1", tags.GetProperty("otel.dropped_attributes_count").GetString());
        Assert.Equal("1", tags.GetProperty("otel.dropped_events_count").GetString());
        Assert.Equal("1", tags.GetProperty("otel.dropped_links_count").GetString());
        Assert.False(tags.TryGetProperty("two", out _));
        Assert.False(tags.TryGetProperty("otel.link.2", out _));
    }

    private static async Task<JsonElement> ExportAsync(Func<ActivitySource, Activity> record, params (string Name, string Value)[] environment)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer(202);
        using var telemetry = Telemetry.Start(
        [
            ("OTEL_TRACES_EXPORTER", "zipkin"),
            ("OTEL_METRICS_EXPORTER", "none"),
            ("OTEL_EXPORTER_ZIPKIN_ENDPOINT", new Uri(receiver.Address, "api/v2/spans").ToString()),
            ("OTEL_SERVICE_NAME", "orders"),
            ("OTEL_RESOURCE_ATTRIBUTES", "team=a,service.instance.id=1"),
            .. environment,
        ]);
        using (record(telemetry.Source))
        {
        }

        telemetry.Flush();
        var request = await receiver.NextAsync();
        Assert.Equal(("POST", "/api/v2/spans", "application/json"), (request.Method, request.Path, request.Header("content-type")));
        return Assert.Single(request.Json.EnumerateArray());
    }
}

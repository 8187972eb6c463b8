using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Otlp.Json;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Tests.Otlp;

public sealed class OtlpJsonTests
{
    private readonly OtlpDecoder _decoder = new();

    [Fact]
    public void The_specifications_example_is_read()
    {
        var span = Assert.Single(Read("""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my.service"}}]},
              "scopeSpans":[{"scope":{"name":"my.library","version":"1.0.0","attributes":[{"key":"my.scope.attribute","value":{"stringValue":"some"}}]},
                "spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","parentSpanId":"EEE19B7EC3C1B173",
                  "name":"I'm a server span","startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000000000,"kind":2,
                  "attributes":[{"key":"my.span.attr","value":{"stringValue":"some value"}}]}]}]}]}
            """).Spans);

        Assert.Equal("5b8efff798038103d269b633813fc60c", span.TraceId.ToString());
        Assert.Equal((0xEEE19B7EC3C1B174, 0xEEE19B7EC3C1B173), (span.SpanId, span.ParentSpanId));
        Assert.Equal(("I'm a server span", SpanKind.Server), (span.Name, span.Kind));
        Assert.Equal((1544712660000000000, 1544712661000000000), (span.StartUnixNs, span.EndUnixNs));
        Assert.Equal(("my.service", "my.library"), (span.Source.Service, span.Source.ScopeName));
    }

    [Theory]
    [InlineData("\"kind\":\"SPAN_KIND_CONSUMER\"")]
    [InlineData("\"kind\":5,\"unknown\":{\"deep\":[1,{\"a\":null}]}")]
    [InlineData("\"kind\":5,\"name\":null,\"attributes\":null,\"events\":[]")]
    public void Names_of_enums_nulls_and_unknown_fields_are_fine(string more) =>
        Assert.Equal(SpanKind.Consumer, Assert.Single(Read(OneSpan(more)).Spans).Kind);

    [Theory]
    [InlineData("\"traceId\":\"W47/95gDgQPSabYzgT/GDA==\"", "traceId at byte 88 of the JSON has to be 32 hex digits, and it is base64")]
    [InlineData("\"spanId\":\"7uGbfsPBsXQ=\"", "has to be 16 hex digits, and it is base64")]
    [InlineData("\"traceId\":\"zz\"", "has to be 32 hex digits, and it is \"zz\"")]
    [InlineData("\"traceId\":7", "has to be 32 hex digits, and it is \"7\"")]
    [InlineData("\"kind\":\"PRODUCER\"", "kind at byte 85 of the JSON has to be a number from 0 to 5, or a name such as SPAN_KIND_CONSUMER, and is \"PRODUCER\"")]
    [InlineData("\"startTimeUnixNano\":\"soon\"", "startTimeUnixNano at byte 98 of the JSON has to be a whole number of 64 bits")]
    [InlineData("\"startTimeUnixNano\":1.5", "has to be a whole number")]
    [InlineData("\"attributes\":[7]", "attributes at byte 92 of the JSON has to be an object, and is a number")]
    [InlineData("\"name\":7", "name at byte 85 of the JSON has to be a string, and is \"7\"")]
    [InlineData("\"name\":\"\\ud800\"", "this is no JSON")]
    [InlineData("\"name\":", "this is no JSON")]
    public void What_cannot_be_read_is_refused_by_name_and_value(string field, string cause)
    {
        var refused = Assert.Throws<MalformedOtlpException>(() => Read(OneSpan(field, ids: "")));

        Assert.Contains(cause, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}{}")]
    [InlineData("{")]
    public void What_is_no_single_object_is_refused(string json) =>
        Assert.Throws<MalformedOtlpException>(() => Read(json));

    [Fact]
    public void Values_nested_deeper_than_the_limit_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"arrayValue":{"values":[""", 5000));

        var refused = Assert.Throws<MalformedOtlpException>(
            () => Read(OneSpan($$"""
                "attributes":[{"key":"a","value":{{deep}}
                """)));

        Assert.Contains("depth", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Values_nested_up_to_the_limit_are_read_and_written()
    {
        object value = "deep";
        for (var depth = 1; depth < OtlpCheck.DepthMax; depth++)
        {
            value = depth % 2 == 0 ? new[] { value } : new[] { ("key", value) };
        }

        var request = OtlpRequest.Of(it => OtlpRequest.AddSpan(it, "a", 1, attributes: ("nested", value)));

        Assert.Single(Read(Json(request)).Spans);
    }

    [Fact]
    public void What_is_written_as_JSON_is_read_as_the_same()
    {
        var random = new RandomRequest(20261121);
        for (var i = 0; i < 300; i++)
        {
            var request = random.Next();
            var json = Json(request);
            using var back = OtlpJsonReader.Read(SignalKind.Traces, Encoding.UTF8.GetBytes(json));

            Assert.Equal(json, Json(back.Written.ToArray()));
        }
    }

    [Fact]
    public void Protobufs_form_has_ids_in_base64_and_enums_by_name()
    {
        var json = JsonNode.Parse(Json(
            OtlpRequest.Of(request => OtlpRequest.AddSpan(request, "a", 4)), OtlpJsonForm.Protobuf, "batches"))!;

        var span = json["batches"]![0]!["scopeSpans"]![0]!["spans"]![0]!;
        Assert.Equal(Convert.ToBase64String(Convert.FromHexString(OtlpRequest.Trace)), (string?)span["traceId"]);
        Assert.Equal("SPAN_KIND_PRODUCER", (string?)span["kind"]);
    }

    [Fact]
    public void Texts_that_are_no_UTF_8_and_numbers_that_JSON_lacks_are_written_all_the_same()
    {
        var request = OtlpRequest.Of(it => OtlpRequest.AddSpan(
            it, "a", 1, span => span.Bytes(OtlpTags.Span.Name, [0xFF, 0x61]), attributes: ("nan", double.NaN)));

        var json = Json(request);

        Assert.Contains("\uFFFDa", JsonNode.Parse(json)!.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);
        Assert.Contains("\"doubleValue\":\"NaN\"", json, StringComparison.Ordinal);
        Assert.Single(Read(json).Spans);
    }

    [Fact]
    public void Logs_are_read()
    {
        using var protobuf = OtlpJsonReader.Read(SignalKind.Logs, Encoding.UTF8.GetBytes($$$"""
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[
              {"timeUnixNano":"5","severityNumber":"SEVERITY_NUMBER_ERROR","body":{"stringValue":"failed"},"traceId":"{{{OtlpRequest.Trace}}}","spanId":"{{{OtlpRequest.Span}}}"},
              {"body":{"stringValue":"of no trace"}}]}]}]}
            """));

        var logs = _decoder.Logs(protobuf.Written.Span);

        var log = Assert.Single(logs.Logs);
        Assert.Equal((OtlpRequest.Trace, 17, 5), (log.TraceId.ToString(), log.Severity, log.TimeUnixNs));
        Assert.Equal(1, logs.WithoutTrace);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            OtlpJsonWriter.Log(json, protobuf.Written.Span.Slice(log.Position.Start, log.Position.Length));
        }

        Assert.Equal("failed", (string?)JsonNode.Parse(stream.ToArray())!["body"]!["stringValue"]);
    }

    [Fact]
    public void Metrics_are_read()
    {
        using var protobuf = OtlpJsonReader.Read(SignalKind.Metrics, """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
              {"name":"messaging.process.duration","unit":"s","histogram":{"aggregationTemporality":2,"dataPoints":[
                {"startTimeUnixNano":"1","timeUnixNano":"2","count":"7","sum":1.5,"bucketCounts":["7"],"explicitBounds":[],
                 "attributes":[{"key":"messaging.destination.name","value":{"stringValue":"orders"}}]}]}}]}]}]}
            """u8);

        var point = Assert.Single(_decoder.Metrics(protobuf.Written.Span).Points);

        Assert.Equal(("messaging.process.duration", 7, 1.5, "orders"), (point.Metric, point.Count, point.Value, point.Topic!));
        Assert.True(point.IsCumulative);
    }

    private static string OneSpan(string more, string ids = $"\"traceId\":\"{OtlpRequest.Trace}\",\"spanId\":\"{OtlpRequest.Span}\",") =>
        $$$"""{"resourceSpans":[{"scopeSpans":[{"schemaUrl":"https://example.com","spans":[{{{{ids}}}{{{more}}}}]}]}]}""";

    private DecodedTraces Read(string json)
    {
        using var protobuf = OtlpJsonReader.Read(SignalKind.Traces, Encoding.UTF8.GetBytes(json));
        return _decoder.Traces(protobuf.Written.Span);
    }

    private string Json(byte[] request, OtlpJsonForm form = OtlpJsonForm.Otlp, string resources = "resourceSpans")
    {
        var spans = _decoder.Traces(request).Spans
            .Select(span => new StoredSpan(span, request.AsMemory(span.Position.Start, span.Position.Length)));
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            OtlpJsonWriter.Traces(json, spans, form, resources);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Zipkin;

namespace Throughline.Server.Tests.Receive;

public sealed class ZipkinReaderTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void A_span_as_Brave_posts_it()
    {
        var (span, body) = Single("""
            [{"traceId":"4d1e00c0db9010db86154a4ba6e91385","parentId":"86154a4ba6e91385","id":"4d1e00c0db9010db","kind":"PRODUCER",
              "name":"send","timestamp":1472470996199000,"duration":207000,
              "localEndpoint":{"serviceName":"frontend","ipv4":"192.168.0.1","port":8080},
              "remoteEndpoint":{"serviceName":"kafka","ipv6":"::1","port":9092},
              "annotations":[{"timestamp":1472470996238000,"value":"ws"}],
              "tags":{"kafka.topic":"orders","kafka.key":"k"}}]
            """);

        Assert.Equal("4d1e00c0db9010db86154a4ba6e91385", span.TraceId.ToString());
        Assert.Equal((0x4d1e00c0db9010dbul, 0x86154a4ba6e91385), (span.SpanId, span.ParentSpanId));
        Assert.Equal((1472470996199000_000, 1472470996406000_000), (span.StartUnixNs, span.EndUnixNs));
        Assert.Equal(("send", "frontend", SpanKind.Producer), (span.Name, span.Source.Service, span.Kind));
        Assert.Equal(("kafka", MessagingOperation.Send, "orders", "k"), (span.Messaging!.System, span.Messaging.Operation, span.Messaging.Topic!, span.Messaging.Key!));
        Assert.Equal(("kafka", "::1", "9092"), (Attribute(body, "peer.service")!, Attribute(body, "network.peer.address")!, Attribute(body, "network.peer.port")!));
        Assert.Equal(("ws", 1472470996238000_000), Assert.Single(Events(body)));
    }

    [Fact]
    public void A_shared_span_keeps_its_callers_id_and_is_told_apart_by_its_kind()
    {
        var spans = Read("""
            [{"traceId":"1","id":"2","kind":"CLIENT","timestamp":1,"localEndpoint":{"serviceName":"a"}},
             {"traceId":"1","id":"2","kind":"SERVER","shared":true,"timestamp":1,"localEndpoint":{"serviceName":"b"}}]
            """).Spans;

        Assert.Equal(spans[0].Key, spans[1].Key);
        Assert.NotEqual(spans[0].Identity, spans[1].Identity);
        Assert.Equal(["a", "b"], spans.Select(span => span.Source.Service));
    }

    [Fact]
    public void Ids_of_64_bits_are_filled_up_on_the_left() =>
        Assert.Equal("000000000000000086154a4ba6e91385", Single("""[{"traceId":"86154a4ba6e91385","id":"1"}]""").Span.TraceId.ToString());

    [Fact]
    public void A_span_without_a_time_has_its_first_annotations_else_the_one_of_its_arrival()
    {
        Assert.Equal(5_000, Single("""[{"traceId":"1","id":"1","annotations":[{"timestamp":7,"value":"a"},{"timestamp":5,"value":"b"}]}]""").Span.StartUnixNs);
        Assert.Equal(1_800_000_000_000_000_000, Single("""[{"traceId":"1","id":"1"}]""").Span.StartUnixNs);
    }

    [Fact]
    public void What_OpenTelemetrys_exporters_put_into_tags_is_taken_out_again()
    {
        var (span, body) = Single("""
            [{"traceId":"1","id":"2","kind":"CONSUMER","name":"process orders","timestamp":1,
              "annotations":[{"timestamp":2,"value":"\"exception\":{\"exception.type\":\"IOException\"}"},{"timestamp":3,"value":"\"quoted}"}],
              "tags":{"otel.link.0":"0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331","otel.link.0.messaging.kafka.offset":"7",
                      "messaging.system":"kafka","otel.status_code":"ERROR","error":"it failed","otel.scope.name":"Throughline.Kafka",
                      "w3c.tracestate":"ot=th:8","otel.link.1":"none"}}]
            """);

        Assert.Equal(
            ("0af7651916cd43dd8448eb211c80319c/b7ad6b7169203331", 7),
            (Assert.Single(span.Links).Key.ToString(), span.Links[0].Offset));
        Assert.Equal((SpanStatus.Error, "it failed"), (span.Status, Encoding.UTF8.GetString(OtlpSpan.StatusMessage(body))));
        Assert.Equal(("IOException", "Throughline.Kafka", 2d), (span.ErrorType!, span.Source.ScopeName, span.Weight));
        Assert.Equal(["exception", "\"quoted}"], Events(body).Select(e => e.Name));
        Assert.Equal("none", Attribute(body, "otel.link.1"));
    }

    [Fact]
    public void An_empty_list_is_an_empty_request() => Assert.Empty(Read("[]").Spans);

    [Theory]
    [InlineData("{}", "have to be a JSON array")]
    [InlineData("", "this is no JSON")]
    [InlineData("[7]", "have to be objects")]
    [InlineData("[{}]", "a span has no traceId")]
    [InlineData("""[{"traceId":"1"}]""", "a span has no id")]
    [InlineData("""[{"traceId":"0","id":"1"}]""", "traceId at byte 12 of the JSON has to be 1 to 32 hex digits that are not all zero, and is \"0\"")]
    [InlineData("""[{"traceId":"1","id":"12345678901234567"}]""", "id at byte 21")]
    [InlineData("""[{"traceId":"1","id":"1","kind":"client"}]""", "kind at byte 32 of the JSON has to be CLIENT, SERVER, PRODUCER or CONSUMER, and is \"client\"")]
    [InlineData("""[{"traceId":"1","id":"1","timestamp":"soon"}]""", "timestamp at byte 37 of the JSON has to be a number of microseconds, and is \"soon\"")]
    [InlineData("""[{"traceId":"1","id":"1","tags":{"a":{}}}]""", "tags at byte 37 of the JSON have to be strings")]
    [InlineData("""[{"traceId":"1","id":"1","annotations":[7]}]""", "an annotation at byte 40 of the JSON has to be an object")]
    [InlineData("""[{"traceId":"1","id":"1"}]x""", "this is no JSON")]
    public void What_is_no_list_of_spans_is_refused_with_the_cause(string json, string cause) => Assert.Contains(
        cause, Assert.Throws<MalformedOtlpException>(() => Read(json)).Message, StringComparison.Ordinal);

    private static DecodedTraces Read(string json)
    {
        using var protobuf = ZipkinReader.Read(Encoding.UTF8.GetBytes(json), Now);
        return new OtlpDecoder().Traces(protobuf.Written.Span);
    }

    private static (SpanFacts Span, byte[] Body) Single(string json)
    {
        using var protobuf = ZipkinReader.Read(Encoding.UTF8.GetBytes(json), Now);
        var span = Assert.Single(new OtlpDecoder().Traces(protobuf.Written.Span).Spans);
        return (span, protobuf.Written.Slice(span.Position.Start, span.Position.Length).ToArray());
    }

    private static string? Attribute(byte[] body, string key) =>
        OtlpSpan.Attributes(body).TryFind(Encoding.UTF8.GetBytes(key), out var value) ? value.ToText() : null;

    private static List<(string Name, long TimeUnixNs)> Events(byte[] body)
    {
        List<(string, long)> events = [];
        foreach (var e in OtlpSpan.Events(body))
        {
            events.Add((Encoding.UTF8.GetString(e.Name), e.TimeUnixNs));
        }

        return events;
    }
}

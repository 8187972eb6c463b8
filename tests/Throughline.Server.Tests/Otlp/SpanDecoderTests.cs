using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Otlp;

public sealed class SpanDecoderTests
{
    private readonly OtlpDecoder _decoder = new();

    [Fact]
    public void A_span_is_read_with_its_source()
    {
        var span = Read(OtlpRequest.Of(
            request => OtlpRequest.AddSpan(request, "GET /orders", 2, parent: "00f067aa0ba902b7"),
            "order-service", "Orders",
            ("service.version", "1.2"), ("deployment.environment", "staging"), ("kafka.consumer.group", "billing")));

        Assert.Equal(OtlpRequest.Trace, span.TraceId.ToString());
        Assert.Equal(0xb7ad6b7169203331, span.SpanId);
        Assert.Equal(0x00f067aa0ba902b7ul, span.ParentSpanId);
        Assert.Equal("GET /orders", span.Name);
        Assert.Equal(SpanKind.Server, span.Kind);
        Assert.Equal((1_000, 3_000), (span.StartUnixNs, span.EndUnixNs));
        Assert.Null(span.Messaging);
        Assert.Equal(
            ("order-service", "1.2", "staging", "billing", "Orders"),
            (span.Source.Service, span.Source.ServiceVersion!, span.Source.Environment!, span.Source.ConsumerGroup!, span.Source.ScopeName));
    }

    [Fact]
    public void Its_position_is_where_its_message_lies()
    {
        var request = OtlpRequest.Of(writer =>
        {
            OtlpRequest.AddSpan(writer, "first", 1);
            OtlpRequest.AddSpan(writer, "second", 1, span: "00f067aa0ba902b7");
        });

        var spans = _decoder.Traces(request).Spans;

        Assert.All(spans, span =>
        {
            var body = request.AsSpan(span.Position.Start, span.Position.Length);
            Assert.Equal(span.Name, _decoder.ReadSpan(body, span.Source).Name);
        });
        Assert.Equal(["first", "second"], spans.Select(span => span.Name));
    }

    [Fact]
    public void Spans_of_one_source_share_it_across_requests_and_names_are_shared_too()
    {
        var request = OtlpRequest.Of(writer => OtlpRequest.AddSpan(writer, "GET /orders", 2));

        var (first, second) = (Read(request), Read(request));

        Assert.Same(first.Source, second.Source);
        Assert.Same(first.Name, second.Name);
    }

    [Fact]
    public void A_resource_behind_its_spans_is_still_theirs()
    {
        var request = OtlpRequest.Build(writer =>
        {
            var resources = writer.Begin(OtlpTags.Request.Resources);
            var scopes = writer.Begin(OtlpTags.ResourceItems.Scopes);
            OtlpRequest.AddSpan(writer, "late", 1);
            writer.End(scopes);
            var resource = writer.Begin(OtlpTags.ResourceItems.Resource);
            OtlpRequest.Attribute(writer, OtlpTags.Resource.Attributes, "service.name", "billing");
            writer.End(resource);
            writer.End(resources);
        });

        Assert.Equal("billing", Read(request).Source.Service);
    }

    [Theory]
    [InlineData("", "b7ad6b7169203331", "trace_id is missing")]
    [InlineData("00000000000000000000000000000000", "b7ad6b7169203331", "trace_id is all zeros")]
    [InlineData("0af7", "b7ad6b7169203331", "trace_id has 2 bytes; it has to have 16")]
    [InlineData(OtlpRequest.Trace, "", "span_id is missing")]
    [InlineData(OtlpRequest.Trace, "0000000000000000", "span_id is all zeros")]
    public void A_span_without_identity_is_rejected_and_the_others_are_taken(string trace, string span, string why)
    {
        var decoded = _decoder.Traces(OtlpRequest.Of(request =>
        {
            OtlpRequest.AddSpan(request, "bad", 1, trace: trace, span: span);
            OtlpRequest.AddSpan(request, "good", 1);
        }));

        Assert.Equal("good", Assert.Single(decoded.Spans).Name);
        Assert.Equal(1, decoded.Rejected);
        Assert.StartsWith(why, decoded.RejectedWhy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ot=th:8", 2)]
    [InlineData("vendor=1, ot=rv:abcdef01234567;th:c", 4)]
    [InlineData("ot=th:0", 1)]
    [InlineData("ot=th:", 1)]
    [InlineData("ot=th:xyz", 1)]
    [InlineData("rot=th:8", 1)]
    [InlineData("ot=th:123456789012345", 1)]
    public void The_weight_comes_from_the_sampling_threshold(string state, double weight)
    {
        var span = Read(OtlpRequest.Of(request => OtlpRequest.AddSpan(
            request, "a", 1, it => it.Bytes(OtlpTags.Span.TraceState, Encoding.UTF8.GetBytes(state)))));

        Assert.Equal(weight, span.Weight);
    }

    [Theory]
    [InlineData(0u, null)]
    [InlineData(0x101u, false)]
    [InlineData(0x301u, true)]
    public void Flags_say_whether_the_parent_is_remote(uint flags, bool? remote) => Assert.Equal(
        remote,
        Read(OtlpRequest.Of(request => OtlpRequest.AddSpan(
            request, "a", 1, it => it.Fixed32(OtlpTags.Span.Flags, flags)))).IsParentRemote);

    [Fact]
    public void The_error_type_is_the_attribute_else_the_exceptions()
    {
        static void Exception(ProtoWriter span)
        {
            var it = span.Begin(OtlpTags.Span.Events);
            span.Bytes(OtlpTags.Event.Name, "exception"u8);
            OtlpRequest.Attribute(span, OtlpTags.Event.Attributes, "exception.type", "IOException");
            span.End(it);
            it = span.Begin(OtlpTags.Span.Status);
            span.Varint(OtlpTags.Status.Code, 2);
            span.End(it);
        }

        var told = Read(OtlpRequest.Of(request => OtlpRequest.AddSpan(
            request, "a", 1, Exception, attributes: ("error.type", "UNKNOWN_TOPIC_OR_PARTITION"))));
        var thrown = Read(OtlpRequest.Of(request => OtlpRequest.AddSpan(request, "a", 1, Exception)));

        Assert.Equal(SpanStatus.Error, thrown.Status);
        Assert.Equal("UNKNOWN_TOPIC_OR_PARTITION", told.ErrorType);
        Assert.Equal("IOException", thrown.ErrorType);
    }

    [Fact]
    public void Links_carry_the_record_that_they_stand_for()
    {
        var span = Read(OtlpRequest.Of(request => OtlpRequest.AddSpan(request, "process orders", 5, it =>
        {
            Link(it, OtlpRequest.Trace, OtlpRequest.Span, ("messaging.destination.partition.id", "3"), ("messaging.kafka.offset", 42), ("messaging.destination.name", "orders"));
            Link(it, OtlpRequest.Trace, "00f067aa0ba902b7");
            Link(it, OtlpRequest.Trace, "");
        })));

        Assert.Equal(
            [(0xb7ad6b7169203331, 3, 42L, "orders"), (0x00f067aa0ba902b7ul, -1, -1L, null)],
            span.Links.Select(link => (link.Key.SpanId, link.Partition, link.Offset, link.Topic)));
    }

    [Theory]
    [InlineData(0u, null)]
    [InlineData(0x300u, false)]
    [InlineData(0x301u, true)]
    public void A_links_flags_say_whether_its_span_was_sampled(uint flags, bool? sampled)
    {
        var span = Read(OtlpRequest.Of(request => OtlpRequest.AddSpan(request, "process orders", 5, it =>
        {
            var link = it.Begin(OtlpTags.Span.Links);
            it.Bytes(OtlpTags.Link.TraceId, Convert.FromHexString(OtlpRequest.Trace));
            it.Bytes(OtlpTags.Link.SpanId, Convert.FromHexString(OtlpRequest.Span));
            it.Fixed32(OtlpTags.Link.Flags, flags);
            it.End(link);
        })));

        Assert.Equal(sampled, Assert.Single(span.Links).IsSampled);
    }

    [Fact]
    public void Unknown_fields_and_kinds_do_no_harm()
    {
        var span = Read(OtlpRequest.Of(request => OtlpRequest.AddSpan(request, "a", 77, it =>
        {
            it.Bytes((99 << 3) | 2, "of a version to come"u8);
            it.Varint((100 << 3) | 0, ulong.MaxValue);
            it.Varint((5 << 3) | 0, 1); // name's number with another wire type
        })));

        Assert.Equal(("a", SpanKind.Unspecified), (span.Name, span.Kind));
    }

    [Fact]
    public void An_empty_request_has_no_spans() => Assert.Empty(_decoder.Traces([]).Spans);

    private SpanFacts Read(byte[] request) => Assert.Single(_decoder.Traces(request).Spans);

    private static void Link(ProtoWriter span, string trace, string id, params (string, object)[] attributes)
    {
        var it = span.Begin(OtlpTags.Span.Links);
        span.Bytes(OtlpTags.Link.TraceId, Convert.FromHexString(trace));
        span.Bytes(OtlpTags.Link.SpanId, Convert.FromHexString(id));
        foreach (var (key, value) in attributes)
        {
            OtlpRequest.Attribute(span, OtlpTags.Link.Attributes, key, value);
        }

        span.End(it);
    }
}

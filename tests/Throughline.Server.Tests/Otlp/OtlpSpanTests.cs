using System.Text;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Tests.Otlp;

public sealed class OtlpSpanTests
{
    private static readonly (string Key, object Value)[] Inner = [("deep", "value"), ("count", 2)];

    [Fact]
    public void Attributes_of_every_kind_are_read_where_they_lie()
    {
        var body = Body(span =>
        {
            Add(span, "text", "hé");
            Add(span, "truth", true);
            Add(span, "number", -5);
            Add(span, "ratio", 0.25);
            Add(span, "bytes", new byte[] { 1, 2 });
            Add(span, "list", new object[] { "a", 1 });
            Add(span, "map", Inner);
        });

        var attributes = OtlpSpan.Attributes(body);

        Assert.Equal("hé", Find(attributes, "text").ToText());
        Assert.True(Find(attributes, "truth").Bool);
        Assert.Equal(-5, Find(attributes, "number").Int);
        Assert.Equal(0.25, Find(attributes, "ratio").Double);
        Assert.Equal([1, 2], Find(attributes, "bytes").Bytes.ToArray());
        List<string?> items = [];
        foreach (var item in Find(attributes, "list").Items)
        {
            items.Add(item.ToText());
        }

        Assert.Equal(["a", "1"], items);
        Assert.Equal("value", Find(Find(attributes, "map").Pairs, "deep").ToText());
        Assert.False(attributes.TryFind("absent"u8, out _));
    }

    [Fact]
    public void Events_and_links_are_read_with_their_attributes()
    {
        var body = Body(span =>
        {
            var it = span.Begin(OtlpTags.Span.Events);
            span.Fixed64(OtlpTags.Event.Time, 1234);
            span.Bytes(OtlpTags.Event.Name, "retry"u8);
            OtlpRequest.Attribute(span, OtlpTags.Event.Attributes, "attempt", 2);
            span.End(it);
            it = span.Begin(OtlpTags.Span.Links);
            span.Bytes(OtlpTags.Link.TraceId, Convert.FromHexString(OtlpRequest.Trace));
            span.Bytes(OtlpTags.Link.SpanId, Convert.FromHexString(OtlpRequest.Span));
            span.Bytes(OtlpTags.Link.TraceState, "a=b"u8);
            OtlpRequest.Attribute(span, OtlpTags.Link.Attributes, "why", "batch");
            span.End(it);
        });

        foreach (var e in OtlpSpan.Events(body))
        {
            Assert.Equal(("retry", 1234, 2), (Encoding.UTF8.GetString(e.Name), e.TimeUnixNs, Find(e.Attributes, "attempt").Int));
        }

        var links = 0;
        foreach (var link in OtlpSpan.Links(body))
        {
            links++;
            Assert.Equal(OtlpRequest.Trace + "/" + OtlpRequest.Span, link.Key.ToString());
            Assert.Equal("a=b", Encoding.UTF8.GetString(link.TraceState));
            Assert.Equal("batch", Find(link.Attributes, "why").ToText());
        }

        Assert.Equal(1, links);
    }

    private static OtlpValue Find(OtlpAttributes attributes, string key)
    {
        Assert.True(attributes.TryFind(Encoding.UTF8.GetBytes(key), out var value));
        return value;
    }

    private static void Add(ProtoWriter span, string key, object value) =>
        OtlpRequest.Attribute(span, OtlpTags.Span.Attributes, key, value);

    private static byte[] Body(Action<ProtoWriter> write) => OtlpRequest.Build(write);
}

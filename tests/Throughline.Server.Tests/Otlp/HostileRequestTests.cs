using System.Runtime.CompilerServices;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Tests.Otlp;

/// <summary>Requests that were made to cost much: what they cost is bounded, and what is refused says why.</summary>
public sealed class HostileRequestTests
{
    private readonly OtlpDecoder _decoder = new();

    [Fact]
    public void A_million_attributes_that_nobody_asks_for_allocate_next_to_nothing()
    {
        const long AllocatedMax = 32 * 1024;
        var attribute = OtlpRequest.Build(it => OtlpRequest.Attribute(it, OtlpTags.Span.Attributes, "a", "b"));
        var many = Repeat(attribute, 1_000_000);
        var request = OtlpRequest.Of(it => OtlpRequest.AddSpan(it, "a", 1, span => Append(span, many)));
        _decoder.Traces(request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var spans = _decoder.Traces(request).Spans;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedMax);
        Assert.Single(spans);
    }

    [Fact]
    public void A_hundred_thousand_attributes_that_are_asked_for_allocate_no_more()
    {
        const long AllocatedMax = 32 * 1024;
        var attribute = OtlpRequest.Build(
            it => OtlpRequest.Attribute(it, OtlpTags.Span.Attributes, "messaging.destination.name", "orders"));
        var request = OtlpRequest.Of(it => OtlpRequest.AddSpan(it, "a", 1, span => Append(span, Repeat(attribute, 100_000))));
        _decoder.Traces(request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var spans = _decoder.Traces(request).Spans;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedMax);
        Assert.Equal("orders", Assert.Single(spans).Messaging!.Topic);
    }

    [Fact]
    public void Links_beyond_the_limit_are_kept_with_the_span_and_not_followed()
    {
        var link = OtlpRequest.Build(it =>
        {
            var message = it.Begin(OtlpTags.Span.Links);
            it.Bytes(OtlpTags.Link.TraceId, Convert.FromHexString(OtlpRequest.Trace));
            it.Bytes(OtlpTags.Link.SpanId, Convert.FromHexString(OtlpRequest.Span));
            it.End(message);
        });

        var spans = _decoder.Traces(OtlpRequest.Of(
            it => OtlpRequest.AddSpan(it, "a", 1, span => Append(span, Repeat(link, 100_000))))).Spans;

        Assert.Equal(SpanDecoder.LinksMax, Assert.Single(spans).Links.Count);
    }

    [Fact]
    public void More_items_than_the_limit_are_refused_before_they_are_all_kept()
    {
        var request = OtlpRequest.Of(it =>
        {
            for (var i = 0; i <= ItemWalk.ItemsMax; i++)
            {
                it.Bytes(OtlpTags.ScopeItems.Items, []);
            }
        });

        var refused = Assert.Throws<MalformedOtlpException>(() => _decoder.Traces(request));

        Assert.Contains("250000 items, which is the limit", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_that_lie_in_each_other_without_end_are_refused(bool ofMaps)
    {
        // From the inside out; each level's length is that of what it holds.
        byte[] value = [];
        for (var depth = 0; depth < 3_000; depth++)
        {
            var inner = value;
            value = OtlpRequest.Build(it =>
            {
                var list = it.Begin(ofMaps ? OtlpTags.AnyValue.Map : OtlpTags.AnyValue.Array);
                if (ofMaps)
                {
                    var pair = it.Begin(OtlpTags.Values.Items);
                    it.Bytes(OtlpTags.KeyValue.Value, inner);
                    it.End(pair);
                }
                else
                {
                    it.Bytes(OtlpTags.Values.Items, inner);
                }

                it.End(list);
            });
        }

        var request = OtlpRequest.Of(it => OtlpRequest.AddSpan(it, "a", 1, span =>
        {
            var attribute = span.Begin(OtlpTags.Span.Attributes);
            span.Bytes(OtlpTags.KeyValue.Value, value);
            span.End(attribute);
        }));

        var refused = Assert.Throws<MalformedOtlpException>(() => _decoder.Traces(request));

        Assert.Contains("nested in more than 32 levels", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_megabytes_is_cut_in_memory_between_two_characters()
    {
        var request = OtlpRequest.Of(it => OtlpRequest.AddSpan(
            it, "a" + new string('é', 1_000_000), 4,
            attributes: [("messaging.system", "kafka"), ("messaging.kafka.message.key", new string('k', 1_000_000))]));

        var span = Assert.Single(_decoder.Traces(request).Spans);

        Assert.Equal("a" + new string('é', (Names.TextMax - 1) / 2), span.Name);
        Assert.Equal(Names.TextMax, span.Messaging!.Key!.Length);
    }

    [Fact]
    public void A_flood_of_names_keeps_no_more_of_them_than_the_limit()
    {
        var names = new Names();
        var given = Flood(names);

        GC.Collect();

        Assert.InRange(given.Count(name => name.IsAlive), 1, Names.CountMax);
        GC.KeepAlive(names);
    }

    [Fact]
    public void Every_beginning_of_a_request_is_read_or_refused()
    {
        var request = new RandomRequest(7).Next();
        for (var length = 0; length < request.Length; length++)
        {
            try
            {
                _decoder.Traces(request.AsSpan(0, length));
            }
            catch (MalformedOtlpException)
            {
                // Its one way to refuse.
            }
        }
    }

    [Theory]
    [InlineData("0AFFFFFFFF0F", "a field says that it has 4294967295 bytes where 0 are left")]
    [InlineData("0AFFFFFFFFFFFFFFFFFF01", "a field says that it has 18446744073709551615 bytes where 0 are left")]
    [InlineData("0AFFFFFFFFFFFFFFFFFFFFFF01", "a number has more than 10 bytes")]
    [InlineData("0A", "the message ends within a number")]
    [InlineData("0B", "field 1 has wire type 3")]
    [InlineData("0E", "field 1 has wire type 6")]
    [InlineData("00", "a field's tag is 0")]
    [InlineData("0D0000", "a field says that it has 4 bytes where 2 are left")]
    public void Lengths_and_numbers_that_lie_are_refused_with_the_cause(string hex, string cause) => Assert.Contains(
        cause,
        Assert.Throws<MalformedOtlpException>(() => _decoder.Traces(Convert.FromHexString(hex))).Message,
        StringComparison.Ordinal);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> Flood(Names names)
    {
        List<WeakReference> given = [];
        var name = new byte[sizeof(int)];
        for (var i = 0; i < 5 * Names.CountMax; i++)
        {
            BitConverter.TryWriteBytes(name, i);
            given.Add(new WeakReference(names.Get(name)));
        }

        return given;
    }

    private static byte[] Repeat(byte[] piece, int times)
    {
        var all = new byte[piece.Length * times];
        for (var i = 0; i < times; i++)
        {
            piece.CopyTo(all, i * piece.Length);
        }

        return all;
    }

    /// <summary>Appends fields that were written before.</summary>
    private static void Append(ProtoWriter writer, byte[] fields) => writer.Raw(fields);
}

using System.Text;
using OpenTelemetry;
using Throughline.Propagation.Fuzz;

namespace Throughline.Propagation.Tests;

/// <summary>Known answers for baggage, in both directions.</summary>
public sealed class BaggageTests
{
    private static readonly ContextPropagator W3C = Propagating.W3C;

    [Theory]
    [InlineData("k=v", "k", "v")]
    [InlineData(" k \t=\t v ", "k", "v")]
    [InlineData("k=", "k", "")]
    [InlineData("k=a=b==", "k", "a=b==")]
    [InlineData("k=a%20b", "k", "a b")]
    [InlineData("k=a+b", "k", "a+b")]
    [InlineData("k=%e4%b8%ad%E6%96%87", "k", "\u4e2d\u6587")]
    [InlineData("k=%F0%9F%98%80", "k", "\U0001F600")]
    [InlineData("k=caf%C3%28", "k", "caf\uFFFD(")]
    [InlineData("k=%E2%82", "k", "\uFFFD")]
    [InlineData("k=100%", "k", "100\uFFFD")]
    [InlineData("k=%4", "k", "\uFFFD4")]
    [InlineData("k=%zz", "k", "\uFFFDzz")]
    [InlineData("k=%2C%3B%25", "k", ",;%")]
    [InlineData("k=v;prop;p2=1", "k", "v")]
    [InlineData("k = v ; prop = x", "k", "v")]
    [InlineData("%41!#$&'*.^_`|~=v", "%41!#$&'*.^_`|~", "v")]
    [InlineData("k=\u00e9", "k", "\u00e9")]
    public void A_member_is_read_decoded_and_without_its_properties(string header, string key, string value)
    {
        Assert.Equal([new(key, value)], Read(header).GetBaggage());
        Assert.Equal([new(key, value)], ReadText(header).GetBaggage());
    }

    [Theory]
    [InlineData("novalue")]
    [InlineData("=v")]
    [InlineData("a b=v")]
    [InlineData("k\u00e9=v")]
    [InlineData("k(=v")]
    public void A_malformed_member_is_dropped_whole_and_the_others_kept(string member)
    {
        using RefusalLog log = new();

        Assert.Equal([new("a", "1"), new("b", "2")], Read($"a=1,{member},b=2").GetBaggage());
        Assert.Equal(["baggage_malformed"], log.Causes);
    }

    [Fact]
    public void Empty_members_are_no_fault_and_of_a_repeated_key_the_last_counts()
    {
        using RefusalLog log = new();

        Assert.Equal([new("a", "2")], Read(",a=1, ,\t,a=2,").GetBaggage());
        Assert.Equal(0, Read(" , ").Count);
        Assert.Equal(0, Read(string.Empty).Count);
        Assert.Empty(log.Causes);
    }

    [Fact]
    public void Sixty_four_members_in_8192_bytes_pass_both_ways()
    {
        // 127 bytes and a comma each, the last one without.
        string header = string.Join(',', Enumerable.Range(0, 64).Select(n => $"k{n:D2}={new string('v', 123)}")) + "v";
        using RefusalLog log = new();

        Baggage read = Read(header);

        Assert.Equal(8192, header.Length);
        Assert.Equal(64, read.Count);
        Assert.Equal(header, Sent(read));
        Assert.Empty(log.Causes);
    }

    [Fact]
    public void Received_members_over_8192_bytes_are_dropped_whole_and_what_fits_is_kept()
    {
        string huge = "huge=" + new string('v', 8192);
        using RefusalLog log = new();

        Assert.Equal([new("a", "1"), new("b", "2")], Read($"a=1,{huge},b=2").GetBaggage());
        Assert.Equal(["baggage_oversize"], log.Causes);
    }

    [Fact]
    public void Of_received_members_the_first_180_are_kept()
    {
        using RefusalLog log = new();

        Baggage read = Read(string.Join(',', Enumerable.Range(0, 200).Select(n => $"k{n}=v")));

        Assert.Equal(180, read.Count);
        Assert.Equal("v", read.GetBaggage("k179"));
        Assert.Equal(["baggage_oversize"], log.Causes);
    }

    [Fact]
    public void Members_to_send_over_8192_bytes_are_left_out_whole()
    {
        // Each of these characters is nine bytes on the wire: the value would end in the middle of an escape.
        Baggage baggage = Of(("a", "1"), ("huge", new string('\u4e2d', 911)), ("b", "2"));
        using RefusalLog log = new();

        Assert.Equal("a=1,b=2", Sent(baggage));
        Assert.Equal(["baggage_truncated"], log.Causes);
    }

    [Fact]
    public void Of_members_to_send_180_go()
    {
        Baggage baggage = Of([.. Enumerable.Range(0, 200).Select(n => ($"k{n}", "v"))]);
        using RefusalLog log = new();

        Assert.Equal(180, Sent(baggage)!.Split(',').Length);
        Assert.Equal(["baggage_truncated"], log.Causes);
    }

    [Fact]
    public void A_key_that_is_no_token_is_not_sent()
    {
        using RefusalLog log = new();

        Assert.Equal("ok=1", Sent(Of(("not ok", "1"), ("k\u00e9", "2"), ("ok", "1"), ("a=b", "3"))));
        Assert.Equal(["baggage_unsendable"], log.Causes);
    }

    [Fact]
    public void When_no_member_can_be_sent_a_stale_header_goes_all_the_same()
    {
        MessageHeaders headers = Headers.Of(("baggage", "old=1"));

        W3C.Inject(Contexts.SampledWithoutState, Of(("not ok", "1")), headers);

        Assert.Equal([$"traceparent: {Contexts.TraceParent}"], headers.Lines());
    }

    [Theory]
    [InlineData("a b", "a%20b")]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("a,b;c=d\"e\\f%", "a%2Cb%3Bc%3Dd%22e%5Cf%25")]
    [InlineData("!#$&'()*-./:<>?@[]^_`{|}~", "!#$&'()*-./:<>?@[]^_`{|}~")]
    [InlineData("Am\u00e9lie \U0001F600", "Am%C3%A9lie%20%F0%9F%98%80")]
    [InlineData("\r\n\0", "%0D%0A%00")]
    [InlineData("", "")]
    public void A_value_is_sent_so_that_every_language_reads_the_same(string value, string sent)
    {
        Assert.Equal("k=" + sent, Sent(Of(("k", value))));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_sent_as_the_replacement_character()
    {
        Assert.Equal("k=half%20%EF%BF%BD", Sent(Of(("k", "half \ud83d"))));
    }

    [Theory]
    [InlineData("Java: PercentEscaper", "k=a%20b%2Bc%2Fd%3D", "a b+c/d=")]
    [InlineData("Node: encodeURIComponent", "k=a%20b%2Bc%2Fd%3D!'()*", "a b+c/d=!'()*")]
    [InlineData(".NET SDK: baggage-octet", "k=a%20b+c/d=", "a b+c/d=")]
    [InlineData("Python: quote_plus, without spaces", "k=b%2Bc%2Fd%3D", "b+c/d=")]
    [InlineData("Python: quote_plus turns a space into +, which the W3C reads as +", "k=a+b", "a+b")]
    public void What_other_languages_encode_is_decoded(string writer, string header, string value)
    {
        Assert.True(Read(header).GetBaggage("k") == value, writer);
    }

    private static Baggage Of(params (string Key, string Value)[] members) =>
        Baggage.Create(members.ToDictionary(member => member.Key, member => member.Value));

    private static Baggage Read(string header) => W3C.Extract(Headers.Of(("baggage", header))).Baggage;

    private static Baggage ReadText(string header) =>
        W3C.Extract(new TextHeaders(new Dictionary<string, string>(StringComparer.Ordinal) { ["baggage"] = header })).Baggage;

    private static string? Sent(Baggage baggage)
    {
        List<KeyValuePair<string, byte[]>> headers = [];
        W3C.Inject(default, baggage, new MessageHeaders(headers));
        return headers.Count == 0 ? null : Encoding.ASCII.GetString(Assert.Single(headers).Value);
    }
}

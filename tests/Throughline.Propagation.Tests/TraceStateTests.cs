using System.Text;

namespace Throughline.Propagation.Tests;

/// <summary>Known answers for tracestate, level 2, in both directions.</summary>
public sealed class TraceStateTests
{
    private static readonly ContextPropagator W3C = Propagating.W3C;

    public static TheoryData<string, string> Valid => new()
    {
        { "a=1", "a=1" },
        { "foo=1,bar=2", "foo=1,bar=2" },
        { "foo=1 \t , \t bar=2, \t baz=3", "foo=1,bar=2,baz=3" },
        { " a=1 ", "a=1" },
        { ",,a=1, ,\t,b=2,", "a=1,b=2" },
        { "foo=1,foo=2", "foo=1" },
        { "foo=1,bar=2,foo=3,bar=4", "foo=1,bar=2" },
        { "0a=1", "0a=1" },
        { "a_-*/@=1", "a_-*/@=1" },
        { "tenant@system=1", "tenant@system=1" },
        { "a= x", "a= x" },
        { "a=!\"#$%&'()*+-./:;<>?@[\\]^_`{|}~", "a=!\"#$%&'()*+-./:;<>?@[\\]^_`{|}~" },
        { Key(256) + "=1", Key(256) + "=1" },
        { "a=" + Value(256), "a=" + Value(256) },
        { Members(32), Members(32) },
        { "ot=th:fd70a4;rv:1123456789abcd", "ot=th:fd70a4;rv:1123456789abcd" },
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "foo", "tracestate_malformed" },
        { "foo=", "tracestate_malformed" },
        { "=1", "tracestate_malformed" },
        { "foo =1", "tracestate_malformed" },
        { "FOO=1", "tracestate_malformed" },
        { "_foo=1", "tracestate_malformed" },
        { "@foo=1", "tracestate_malformed" },
        { "foo.bar=1", "tracestate_malformed" },
        { "foo=1=2", "tracestate_malformed" },
        { "foo=1;bar=2,b", "tracestate_malformed" },
        { "foo=\u0001", "tracestate_malformed" },
        { "foo=a\tb", "tracestate_malformed" },
        { "foo=\u00e9", "tracestate_malformed" },
        { "foo=\u0161\u0131", "tracestate_malformed" },
        { Key(257) + "=1", "tracestate_malformed" },
        { "a=" + Value(257), "tracestate_malformed" },
        { "ok=1,broken", "tracestate_malformed" },
        { Members(33), "tracestate_too_many" },
        { new string(',', 100_000), "tracestate_too_many" },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_one_is_read_without_white_space_empty_members_and_repeated_keys(string header, string read)
    {
        using RefusalLog log = new();

        Assert.Equal(read, W3C.Extract(Headers.Trace(header)).TraceState);
        Assert.Equal(read, W3C.Extract(Text(header)).TraceState);
        Assert.Empty(log.Causes);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",, \t,")]
    public void An_empty_one_is_no_tracestate_and_no_fault(string header)
    {
        using RefusalLog log = new();

        Assert.Null(W3C.Extract(Headers.Trace(header)).TraceState);
        Assert.Empty(log.Causes);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_bad_one_is_dropped_and_the_traceparent_kept(string header, string cause)
    {
        using RefusalLog log = new();

        ExtractedContext bytes = W3C.Extract(Headers.Trace(header));
        ExtractedContext text = W3C.Extract(Text(header));

        Assert.All([bytes, text], extracted => Assert.Equal(Contexts.SampledWithoutState, extracted.ToActivityContext()));
        Assert.Equal([cause, cause], log.Causes);
    }

    [Fact]
    public void The_same_one_is_the_same_string_until_another_comes()
    {
        string? first = W3C.Extract(Headers.Trace("a=1")).TraceState;
        string? same = W3C.Extract(Headers.Trace("a=1")).TraceState;
        string? other = W3C.Extract(Headers.Trace("a=2")).TraceState;

        Assert.Same(first, same);
        Assert.Equal("a=2", other);
        Assert.Equal("a=1", W3C.Extract(Headers.Trace("a=1")).TraceState);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void What_may_be_read_may_be_sent(string traceState, string sent)
    {
        Assert.Equal(sent, Sent(traceState));
        Assert.Equal(sent, Sent(traceState));
    }

    [Theory]
    [InlineData("FOO=1")]
    [InlineData("foo")]
    [InlineData("foo=\u00e9")]
    [InlineData("foo=1\r\nx: y")]
    public void What_is_not_fit_to_send_is_not_sent_but_the_traceparent_is(string traceState)
    {
        using RefusalLog log = new();

        Assert.Null(Sent(traceState));
        Assert.Equal(["tracestate_unsendable"], log.Causes);
    }

    [Fact]
    public void Up_to_512_characters_all_of_it_is_sent()
    {
        string traceState = "a=" + Value(200) + ",b=" + Value(200) + ",c=" + Value(104);
        using RefusalLog log = new();

        Assert.Equal(512, traceState.Length);
        Assert.Equal(traceState, Sent(traceState));
        Assert.Empty(log.Causes);
    }

    [Fact]
    public void Over_512_characters_members_over_128_go_first_and_from_the_end()
    {
        string big1 = "big1=" + Value(200);
        string big2 = "big2=" + Value(200);
        string small1 = "s1=" + Value(60);
        string small2 = "s2=" + Value(60);
        using RefusalLog log = new();

        Assert.Equal($"{big1},{small1},{small2}", Sent($"{big1},{small1},{big2},{small2}"));
        Assert.Equal(["tracestate_truncated"], log.Causes);
    }

    [Fact]
    public void When_no_large_member_is_left_members_go_from_the_end()
    {
        string[] members = [.. Enumerable.Range(0, 12).Select(n => $"k{n:D2}=" + Value(46))];

        // 51 characters with its comma each: ten fit into 512.
        Assert.Equal(string.Join(',', members[..10]), Sent(string.Join(',', members)));
    }

    private static string? Sent(string traceState)
    {
        Dictionary<string, string> headers = [];
        W3C.Inject(Contexts.With(traceState), default, new TextHeaders(headers));

        Assert.Equal(Contexts.TraceParent, headers["traceparent"]);
        return headers.GetValueOrDefault("tracestate");
    }

    private static TextHeaders Text(string traceState) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["traceparent"] = Contexts.TraceParent,
        ["tracestate"] = traceState,
    });

    private static string Key(int length) => new('k', length);

    private static string Value(int length) => new('v', length);

    private static string Members(int count) =>
        new StringBuilder().AppendJoin(',', Enumerable.Range(0, count).Select(n => $"k{n}=v")).ToString();
}

using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Tests;

/// <summary>What of a record's content is told, by each option.</summary>
public sealed class CaptureTests : IDisposable
{
    private const string Size = "messaging.message.body.size";
    private const string Payload = "throughline.record.payload";

    private readonly RecordTold _told = new();

    public void Dispose() => _told.Dispose();

    [Fact]
    public async Task Size_is_told_where_it_is_known_without_serialising()
    {
        Assert.Equal(7, (await _told.ProcessAsync(new(), "k", "grüße")).Tag(Size));
        Assert.Equal(3, (await _told.ProcessAsync(new(), "k", new byte[3])).Tag(Size));
        Assert.Equal(2, (await _told.ProcessAsync<string, ReadOnlyMemory<byte>>(new(), "k", new byte[2])).Tag(Size));
        Assert.Equal(8, (await _told.ProcessAsync(new(), "k", 1L)).Tag(Size));
        Assert.Null((await _told.ProcessAsync(new(), "k", new Uri("http://a"))).Tag(Size));
        Assert.Null((await _told.ProcessAsync<string, string?>(new(), "k", null)).Tag(Size));
        Assert.Null((await _told.ProcessAsync(new() { Capture = { Sizes = false } }, "k", "v")).Tag(Size));
    }

    [Fact]
    public async Task Keys_are_told_on_request_where_they_have_a_text()
    {
        const string Key = "messaging.kafka.message.key";
        var options = new KafkaTracingOptions { Capture = { Keys = true } };
        Assert.Equal("order-1", (await _told.ProcessAsync(options, "order-1", "v")).Tag(Key));
        Assert.Equal("7", (await _told.ProcessAsync(options, 7, "v")).Tag(Key));
        Assert.Null((await _told.ProcessAsync<string?, string>(options, null, "v")).Tag(Key));
        Assert.Null((await _told.ProcessAsync(options, new byte[1], "v")).Tag(Key));
        Assert.Null((await _told.ProcessAsync(new(), "order-1", "v")).Tag(Key));
    }

    [Fact]
    public async Task Headers_are_included_and_excluded_by_glob()
    {
        var options = new KafkaTracingOptions { Capture = { HeadersIncluded = { "x-*", "tenant" }, HeadersExcluded = { "X-INTERNAL-*" } } };
        var span = await _told.ProcessAsync(
            options, "k", "v",
            ("x-a", RecordTold.Utf8("1")), ("tenant", RecordTold.Utf8("blue")), ("x-a", RecordTold.Utf8("2")),
            ("x-internal-b", RecordTold.Utf8("3")), ("Tenant", RecordTold.Utf8("4")), ("other", RecordTold.Utf8("5")));
        Assert.Equal(["1", "2"], (string[])span.Tag("messaging.header.x-a")!);
        Assert.Equal(["blue"], (string[])span.Tag("messaging.header.tenant")!);
        Assert.Equal(2, span.Tags.Count(tag => tag.Key.StartsWith("messaging.header.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Header_that_is_no_text_is_told_by_its_size_and_an_empty_one_as_empty()
    {
        var span = await _told.ProcessAsync(
            new() { Capture = { HeadersIncluded = { "*" } } }, "k", "v",
            ("h", [0, 0, 0, 1]), ("h", [0xFF, 0xFE]), ("h", null), ("h", []), ("h", RecordTold.Utf8("línea\n")));
        Assert.Equal(["[4 bytes]", "[2 bytes]", "", "", "línea\n"], (string[])span.Tag("messaging.header.h")!);
    }

    [Fact]
    public async Task Ten_thousand_headers_do_not_end_up_on_a_span()
    {
        var headers = Enumerable.Range(0, 10_000).Select(i => ($"h{i}", (byte[]?)[(byte)'v'])).ToArray();
        var span = await _told.ProcessAsync(new() { Capture = { HeadersIncluded = { "*" } } }, "k", "v", headers);
        Assert.Equal(64, span.Tags.Count(tag => tag.Key.StartsWith("messaging.header.", StringComparison.Ordinal)));
        Assert.Equal(10_000 - 64, span.Tag("throughline.record.headers_left_out"));
    }

    [Theory]
    [InlineData("authorization")]
    [InlineData("X-Auth-Token")]
    [InlineData("Set-Cookie")]
    [InlineData("x-api-key")]
    [InlineData("db_password")]
    public async Task Headers_of_credentials_are_redacted_unless_told_otherwise(string name)
    {
        var options = new KafkaTracingOptions { Capture = { HeadersIncluded = { "*" } } };
        var span = await _told.ProcessAsync(options, "k", "v", (name, RecordTold.Utf8("hunter2")), (name, [0xFF]));
        Assert.Equal(["[redacted]", "[redacted]"], (string[])span.Tag("messaging.header." + name)!);

        options.Capture.HeadersRedacted.Clear();
        span = await _told.ProcessAsync(options, "k", "v", (name, RecordTold.Utf8("hunter2")));
        Assert.Equal(["hunter2"], (string[])span.Tag("messaging.header." + name)!);
    }

    [Fact]
    public async Task Payload_is_told_of_chosen_topics_where_it_is_text()
    {
        var options = new KafkaTracingOptions { Capture = { PayloadTopics = { _told.Topic[..10] + "*" } } };
        Assert.Equal("grüße", (await _told.ProcessAsync(options, "k", "grüße")).Tag(Payload));
        Assert.Equal("grüße", (await _told.ProcessAsync(options, "k", RecordTold.Utf8("grüße"))).Tag(Payload));
        Assert.Equal("{}", (await _told.ProcessAsync<string, ReadOnlyMemory<byte>>(options, "k", RecordTold.Utf8("{}"))).Tag(Payload));
        Assert.Null((await _told.ProcessAsync(options, "k", new byte[] { 0, 0, 0, 0, 1, (byte)'a' })).Tag(Payload));
        Assert.Null((await _told.ProcessAsync(options, "k", new byte[] { 0xC3 })).Tag(Payload));
        Assert.Null((await _told.ProcessAsync(options, "k", new Uri("http://a"))).Tag(Payload));
        Assert.Null((await _told.ProcessAsync(new() { Capture = { PayloadTopics = { "other" } } }, "k", "v")).Tag(Payload));
        Assert.Null((await _told.ProcessAsync(new(), "k", "v")).Tag(Payload));
    }

    [Fact]
    public async Task Payload_is_told_on_sampled_spans_only()
    {
        using var told = new RecordTold(ActivitySamplingResult.AllData);
        var span = await told.ProcessAsync(new() { Capture = { PayloadTopics = { "*" } } }, "k", "v");
        Assert.Equal(1, span.Tag(Size));
        Assert.Null(span.Tag(Payload));
    }

    [Theory]
    [InlineData("0123456789abcdef", "0123456789abcdef")]
    [InlineData("0123456789abcdefg", "0123456789abc…")]
    [InlineData("0123456789abüfgh", "0123456789ab…")]
    [InlineData("0123456789🐈🐈", "0123456789…")]
    [InlineData("ééééééééé", "éééééé…")]
    public async Task Long_text_is_cut_between_characters_whether_it_comes_as_text_or_bytes(string text, string expected)
    {
        var options = new KafkaTracingOptions
        {
            Capture = { PayloadTopics = { "*" }, PayloadBytesMax = 16, Keys = true, HeadersIncluded = { "*" }, ValueBytesMax = 16 },
        };
        var asText = await _told.ProcessAsync(options, text, text, ("h", RecordTold.Utf8(text)));
        Assert.Equal(expected, asText.Tag(Payload));
        Assert.Equal(expected, asText.Tag("messaging.kafka.message.key"));
        Assert.Equal([expected], (string[])asText.Tag("messaging.header.h")!);
        Assert.Equal(expected, (await _told.ProcessAsync(options, text, RecordTold.Utf8(text))).Tag(Payload));
    }

    [Fact]
    public async Task Options_are_read_when_the_client_is_made()
    {
        var options = new KafkaTracingOptions { Capture = { HeadersIncluded = { "a" } } };
        using var consumer = NSubstitute.Substitute.For<IConsumer<string, string>>().WithTracing(null, options);
        options.Capture.HeadersIncluded[0] = "b";
        options.Capture.Sizes = false;
        options.UntracedTopics.Add("*");
        var record = _told.Record("k", "v");
        record.Message.Headers.Add("a", RecordTold.Utf8("1"));
        record.Message.Headers.Add("b", RecordTold.Utf8("2"));
        using var scope = consumer.StartProcess(record);
        Assert.Equal(1, scope.Activity!.GetTagItem(Size));
        Assert.NotNull(scope.Activity.GetTagItem("messaging.header.a"));
        Assert.Null(scope.Activity.GetTagItem("messaging.header.b"));
    }

    public static TheoryData<KafkaTracingOptions, string, string> WrongOptions() => new()
    {
        { new() { Capture = { HeadersIncluded = { "a", "[b]" } } }, "Capture.HeadersIncluded[1]", "\"[b]\"" },
        { new() { Capture = { HeadersExcluded = { "" } } }, "Capture.HeadersExcluded[0]", "\"\"" },
        { new() { Capture = { HeadersRedacted = { "{}" } } }, "Capture.HeadersRedacted[8]", "\"{}\"" },
        { new() { Capture = { PayloadTopics = { "a\\" } } }, "Capture.PayloadTopics[0]", "\"a\\\"" },
        { new() { Capture = { ValueBytesMax = 15 } }, "Capture.ValueBytesMax", "15" },
        { new() { Capture = { PayloadBytesMax = 32_769 } }, "Capture.PayloadBytesMax", "32769" },
        { new() { Capture = { RedactionTimeMax = TimeSpan.Zero } }, "Capture.RedactionTimeMax", "00:00:00" },
        { new() { Capture = { Redactions = { new("(") } } }, "Capture.Redactions[0].Pattern", "\"(\"" },
        { new() { Capture = { Redactions = { new() } } }, "Capture.Redactions[0].Pattern", "empty" },
        { new() { Capture = { Redactions = { new("a") { Targets = (RedactionTargets)8 } } } }, "Capture.Redactions[0].Targets", "8" },
        { new() { UntracedTopics = { "]" } }, "UntracedTopics[0]", "\"]\"" },
        { new() { HookTimeMax = TimeSpan.FromMinutes(2) }, "HookTimeMax", "00:02:00" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Wrong_option_is_named_with_its_value_and_what_is_allowed(KafkaTracingOptions options, string option, string value)
    {
        var refused = Assert.Throws<ArgumentException>(() => NSubstitute.Substitute.For<IProducer<string, string>>().WithTracing(null, options));
        Assert.Contains($"KafkaTracingOptions.{option} is {value}; allowed: ", refused.Message, StringComparison.Ordinal);
    }
}

namespace Throughline.Kafka.Tests;

/// <summary>What patterns hide, and what happens where they cannot be searched in time.</summary>
public sealed class RedactionTests : IDisposable
{
    private const string Payload = "throughline.record.payload";
    private const string Key = "messaging.kafka.message.key";
    private const string Header = "messaging.header.h";

    private readonly RecordTold _told = new();

    public void Dispose() => _told.Dispose();

    [Fact]
    public async Task Patterns_are_replaced_in_keys_headers_and_payloads()
    {
        var options = Everything(new RedactionRule(@"\d{4}-\d{4}"), new RedactionRule("(tail)or") { Replacement = "$1" });
        var span = await _told.ProcessAsync(options, "card 1234-5678", "1234-5678 tailor 1111-2222", ("h", RecordTold.Utf8("1234-5678")));
        Assert.Equal("card [redacted]", span.Tag(Key));
        Assert.Equal("[redacted] tail [redacted]", span.Tag(Payload));
        Assert.Equal(["[redacted]"], (string[])span.Tag(Header)!);
    }

    [Fact]
    public async Task Rule_is_applied_where_it_says()
    {
        var options = Everything(new RedactionRule("v") { Targets = RedactionTargets.Keys | RedactionTargets.Headers });
        var span = await _told.ProcessAsync(options, "v", "v", ("h", RecordTold.Utf8("v")));
        Assert.Equal("[redacted]", span.Tag(Key));
        Assert.Equal(["[redacted]"], (string[])span.Tag(Header)!);
        Assert.Equal("v", span.Tag(Payload));
    }

    [Fact]
    public async Task What_is_to_be_hidden_does_not_show_where_the_text_is_cut()
    {
        var options = Everything(new RedactionRule(@"\d{12}") { Replacement = "#" });
        options.Capture.PayloadBytesMax = 16;
        options.Capture.ValueBytesMax = 16;
        var text = "0123456 123456789012";
        var span = await _told.ProcessAsync(options, text, RecordTold.Utf8(text), ("h", RecordTold.Utf8(text)));
        Assert.Equal("0123456 #", span.Tag(Payload));
        Assert.Equal("0123456 #", span.Tag(Key));
        Assert.Equal(["0123456 #"], (string[])span.Tag(Header)!);
    }

    [Fact]
    public async Task Value_that_cannot_be_searched_in_time_is_not_told_and_after_three_the_rule_is_not_tried_any_more()
    {
        // Backtracks for ages on what nearly matches.
        var options = Everything(new RedactionRule("^(a+)+$") { Targets = RedactionTargets.Payloads });
        options.Capture.RedactionTimeMax = TimeSpan.FromMilliseconds(1);
        var evil = new string('a', 40) + "!";
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("[not redacted in time]", (await _told.ProcessAsync(options, "k", evil)).Tag(Payload));
        }

        using var consumer = NSubstitute.Substitute.For<Confluent.Kafka.IConsumer<string, string>>().WithTracing(null, options);
        for (var i = 0; i < 3; i++)
        {
            using var slow = consumer.StartProcess(_told.Record("k", evil));
        }

        using var scope = consumer.StartProcess(_told.Record("k", "harmless"));
        Assert.Equal("[not redacted in time]", scope.Activity!.GetTagItem(Payload));
        Assert.Equal("k", scope.Activity.GetTagItem(Key));
    }

    private static KafkaTracingOptions Everything(params RedactionRule[] rules)
    {
        var options = new KafkaTracingOptions { Capture = { Keys = true, HeadersIncluded = { "*" }, PayloadTopics = { "*" } } };
        foreach (var rule in rules)
        {
            options.Capture.Redactions.Add(rule);
        }

        return options;
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using Throughline.Dashboard.Internal.Journeys.Exports;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Otlp.Json;

namespace Throughline.Dashboard.Tests.Journeys;

[Collection(DashboardCollection.Name)]
public sealed class JourneyExportTests(ShopServer shop)
{
    private readonly string _path = $"/journeys/{Shop.TraceOf(Shop.FailedOrder)}/export?as=";

    [Fact]
    public async Task Otlp_is_read_back_with_everything()
    {
        var text = await shop.Dashboard.PageAsync(_path + "otlp");
        using var written = OtlpJsonReader.Read(SignalKind.Traces, Encoding.UTF8.GetBytes(text));
        var spans = new OtlpDecoder().Traces(written.Written.Span).Spans;
        Assert.Equal(7, spans.Count);
        var send = Assert.Single(spans, span => span.Name == "send orders");
        Assert.Equal(("orders", Shop.FailedOrder % Shop.Partitions, (long)(Shop.FailedOrder / Shop.Partitions)), (send.Messaging!.Topic, send.Messaging.Partition, send.Messaging.Offset));
        Assert.Contains(spans, span => span.ErrorType == "CardRefusedException" && span.Links.Single().Key == send.Key);
    }

    [Fact]
    public async Task Perfetto_has_a_balanced_pair_for_each_row_and_a_flow_for_each_record()
    {
        using var document = JsonDocument.Parse(await shop.Dashboard.PageAsync(_path + "perfetto"));
        var events = document.RootElement.GetProperty("traceEvents").EnumerateArray().ToList();
        Assert.DoesNotContain(events, one => Phase(one) == "X");
        var pairs = events.Where(one => Phase(one) is "b" or "e").GroupBy(one => one.GetProperty("id").GetString()).ToList();
        Assert.All(pairs, pair =>
        {
            Assert.Equal(["b", "e"], pair.Select(Phase));
            Assert.True(pair.First().GetProperty("ts").GetDouble() <= pair.Last().GetProperty("ts").GetDouble());
            Assert.Equal(pair.First().GetProperty("pid").GetInt32(), pair.Last().GetProperty("pid").GetInt32());
        });
        Assert.Equal(3, events.Count(one => Phase(one) == "s"));
        Assert.Equal(3, events.Count(one => Phase(one) == "f"));
        Assert.Contains("topic orders", events.Where(one => Phase(one) == "M").Select(one => one.GetProperty("args").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Markdown_tells_what_was_waited_for_and_has_the_rows()
    {
        var text = await shop.Dashboard.PageAsync($"/journeys/{Shop.TraceOf(Shop.SlowestOrder)}/export?as=markdown");
        Assert.Contains("in billing-service's handler 'check card'", text, StringComparison.Ordinal);
        Assert.Contains("· send orders | order-service |", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a | b", "a \\| b")]
    [InlineData("<script>alert(1)</script>", "\\<script\\>alert\\(1\\)\\</script\\>")]
    [InlineData("[x](javascript:1)", "\\[x\\]\\(javascript\\:1\\)")]
    [InlineData("one\ntwo\r|", "one two \\|")]
    [InlineData("`code` *bold* ~~no~~ @someone", "\\`code\\` \\*bold\\* \\~\\~no\\~\\~ \\@someone")]
    public void A_strangers_text_stays_text_in_markdown(string text, string escaped) => Assert.Equal(escaped, MarkdownExport.Escape(text));

    [Fact]
    public async Task Another_form_is_refused_with_those_that_there_are()
    {
        using var response = await shop.Dashboard.Client.GetAsync(new Uri(_path + "pdf", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("otlp, markdown, perfetto", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string? Phase(JsonElement one) => one.GetProperty("ph").GetString();
}

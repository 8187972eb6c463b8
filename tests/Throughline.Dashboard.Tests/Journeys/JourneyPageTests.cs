using System.Globalization;
using System.Net;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;
using Throughline.Server;

namespace Throughline.Dashboard.Tests.Journeys;

[Collection(DashboardCollection.Name)]
public sealed class JourneyPageTests(ShopServer shop)
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'`${{7*7}}";

    [Fact]
    public async Task Page_says_where_the_slowest_orders_time_went_without_any_script()
    {
        var page = await shop.Dashboard.PageAsync($"/journeys/{Shop.TraceOf(Shop.SlowestOrder)}");
        Assert.Contains("s in billing-service&#x27;s handler &#x27;check card&#x27;", page, StringComparison.Ordinal);
        Assert.Contains("orders[3]@1 &#xB7; waited", page, StringComparison.Ordinal);
        foreach (var group in (string[])["billing", "mail", "audit"])
        {
            Assert.Contains($"→ {group}", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Details_are_in_Kafkas_words_with_the_raw_names_beside_them()
    {
        var page = WebUtility.HtmlDecode(await shop.Dashboard.PageAsync($"/journeys/{Shop.TraceOf(Shop.FailedOrder)}/spans/{Shop.SpanOf(Shop.FailedOrder, 10)}"));
        foreach (var words in (string[])["CardRefusedException", "group.id", "messaging.consumer.group.name", "customer-11", "paired by", "link: the processing links to the send"])
        {
            Assert.Contains(words, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_failed_send_has_no_time_in_a_topic()
    {
        var page = await shop.Dashboard.PageAsync($"/journeys/{Shop.TraceOf(Shop.LostOrder)}");
        Assert.Contains("MESSAGE_TOO_LARGE", page, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody in group", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_reads_the_topic_and_not_the_record_has_a_lane()
    {
        await using var server = await DashboardServer.StartAsync();
        var now = DateTimeOffset.UtcNow.AddSeconds(-10);
        var unread = Shop.Spans(now).Where(span => !(span.TraceId == Shop.TraceOf(3) && span.Service == "mail-service"));
        await server.SendAsync(unread);
        var page = WebUtility.HtmlDecode(await server.PageAsync($"/journeys/{Shop.TraceOf(3)}"));
        Assert.Contains("nobody in group mail has processed it", page, StringComparison.Ordinal);
        var details = WebUtility.HtmlDecode(await server.PageAsync($"/journeys/{Shop.TraceOf(3)}/spans/{Shop.SpanOf(3, 1)}"));
        Assert.Contains("Nobody in group mail has been seen to process it.", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_leads_to_its_journey()
    {
        using var response = await shop.Dashboard.Client.GetAsync(new Uri("/records/orders/3/1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var span = Shop.SpanOf(Shop.SlowestOrder, 1);
        Assert.Equal($"/journeys/{Shop.TraceOf(Shop.SlowestOrder)}?of={span}&span={span}", response.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/journeys/4bf92f3577b34da6a3ce929d0e0e4736", "No span of trace 4bf92f3577b34da6a3ce929d0e0e4736 is stored")]
    [InlineData("/journeys/not-a-trace", "'not-a-trace' is no trace id")]
    [InlineData("/journeys/4bf92f3577b34da6a3ce929d0e0e4736/spans/00f067aa0ba902b7", "This span is not here")]
    [InlineData("/records/orders/3/999", "names record orders[3]@999")]
    [InlineData("/records/orders/three/1", "names record orders[three]@1")]
    public async Task What_is_not_there_is_named_with_why_that_may_be(string path, string words)
    {
        using var response = await shop.Dashboard.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("it was not sampled where it began", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_values_of_strangers_are_only_text()
    {
        await using var server = await DashboardServer.StartAsync(options => options.LinkTemplates.Add(LinkTemplate.Parse("UI", "http://localhost:8080/{topic}/{partition}/{offset}")));
        var trace = Shop.TraceOf(500);
        await server.SendAsync(
        [
            new TestSpan(Hostile, Hostile, trace, Shop.SpanOf(500, 0))
            {
                Start = DateTimeOffset.UtcNow.AddSeconds(-5),
                Error = Hostile,
                Kind = TestSpan.Producer,
                Attributes = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["messaging.system"] = "kafka",
                    ["messaging.operation.type"] = "send",
                    ["messaging.destination.name"] = Hostile,
                    ["messaging.destination.partition.id"] = "0",
                    ["messaging.kafka.offset"] = 1,
                    ["messaging.kafka.message.key"] = Hostile,
                    [Hostile] = Hostile,
                },
            },
        ]);
        foreach (var path in (string[])["", $"?span={Shop.SpanOf(500, 0)}", $"/spans/{Shop.SpanOf(500, 0)}", "?fold=%3Cimg%20src%3Dx%3E&via=%3Cimg%3E.1&of=%3Cimg%3E"])
        {
            var page = await server.PageAsync($"/journeys/{trace}{path}");
            Assert.DoesNotContain("<img src=x", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;img src=x", page, StringComparison.Ordinal);
        }

        var details = await server.PageAsync($"/journeys/{trace}/spans/{Shop.SpanOf(500, 0)}");
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"href=\"http://localhost:8080/{Uri.EscapeDataString(Hostile)}/0/1\"").Replace("'", "%27", StringComparison.Ordinal),
            details, StringComparison.Ordinal);
    }
}

using System.Net;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Latency;

/// <summary>The screen of latencies, on the shop's known run.</summary>
[Collection(DashboardCollection.Name)]
public sealed class LatencyScreenTests(ShopServer shop, Browser browser)
{
    [Theory]
    [InlineData("", "orders → billing", "orders → mail")]
    [InlineData("?by=partition", "orders[3] → billing", "orders[0] → mail")]
    [InlineData("?by=path", "order-service → orders → billing-service", "order-service → orders → mail-service")]
    [InlineData("?by=topic", "By topic", "Latency by topic")]
    public async Task Rows_are_what_is_asked_for(string query, string one, string other)
    {
        var page = await PageAsync(query);
        Assert.Contains(one, page, StringComparison.Ordinal);
        Assert.Contains(other, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_narrows_down()
    {
        var page = await PageAsync("?topic=orders&group=mail");
        Assert.Contains("of 39 hops", page, StringComparison.Ordinal);
        Assert.DoesNotContain("orders → billing", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slowest_of_a_row_are_one_link_away()
    {
        var page = await PageAsync("?topic=orders&group=billing");
        var link = page.Split("aria-label=\"Slowest of orders → billing\"")[0].Split("href=\"")[^1].Split('"')[0];
        Assert.Contains(Uri.EscapeDataString("topic = orders and group = billing and operation = process"), link, StringComparison.Ordinal);
        Assert.Contains(Shop.TraceOf(Shop.SlowestOrder), await shop.Dashboard.PageAsync(link + "&further=yes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_without_evidence_are_no_zeroes()
    {
        // The shop's consumers do not tell when their client got a record.
        var page = await PageAsync("?topic=orders&group=mail");
        Assert.Contains("waiting, not split", page, StringComparison.Ordinal);
        Assert.DoesNotContain("in client 0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slowest_order_is_the_first_thing_to_click()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/latency?group=billing");
        var first = visit.Page.Locator("[aria-label='Slowest hops'] tbody a").First;
        Assert.Contains(Shop.TraceOf(Shop.SlowestOrder), await first.GetAttributeAsync("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_spans_are_compared_with_the_others()
    {
        var page = await PageAsync("?compare=slow&topic=orders&over=20ms");
        Assert.Contains("Took longer than 20 ms", page, StringComparison.Ordinal);
        Assert.Contains("(39 of 39)", page, StringComparison.Ordinal);
        Assert.Contains("99.9 %", page, StringComparison.Ordinal);
        var first = page.Split("What differs")[1].Split("<code>")[1].Split("</code>")[0];
        Assert.Equal("group = billing", first);
    }

    [Fact]
    public async Task Two_values_of_anything_are_compared()
    {
        var page = await PageAsync("?compare=group&a=billing&b=mail");
        Assert.Contains("group: billing, and mail", page, StringComparison.Ordinal);
        Assert.Contains("service = billing-service", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?compare=range", "There is nothing to compare: the other time has no such spans")]
    [InlineData("?compare=no.such.attribute", "There is nothing to compare")]
    [InlineData("?compare=slow&of=lag", "There is nothing to compare")]
    [InlineData("?compare=slow&over=long", "over is 'long'")]
    [InlineData("?compare=slow&q=%28", "q, column 2")]
    [InlineData("?compare=range&otherFrom=soon", "otherFrom is 'soon'")]
    [InlineData("?compare=range&otherFrom=-1m&otherTo=-2m", "otherFrom is not before otherTo")]
    [InlineData("?by=color", "by is 'color'")]
    [InlineData("?topic=%3Cscript%3E", "No record was processed in this time here")]
    [InlineData("?compare=%3Cscript%3E&a=%3Cscript%3E&b=%22%3E%3Cimg%3E&topic=%3Cscript%3E", "There is nothing to compare")]
    public async Task What_cannot_be_shown_is_said(string query, string sentence)
    {
        var page = await shop.Dashboard.PageAsync("/latency" + query);
        Assert.Contains(sentence, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparison_is_reached_by_its_form()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/latency?topic=orders");
        await visit.Page.FillAsync("#compare [name=over]", "20ms");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**compare=slow*");
        Assert.Contains("topic=orders", visit.Page.Url, StringComparison.Ordinal);
        Assert.Contains("Took longer than 20 ms", await visit.Page.InnerTextAsync("#comparison h2"), StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(string query) => WebUtility.HtmlDecode(await shop.Dashboard.PageAsync("/latency" + query));
}

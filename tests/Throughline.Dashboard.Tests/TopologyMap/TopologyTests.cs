using System.Net;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.TopologyMap;

[Collection(DashboardCollection.Name)]
public sealed class TopologyTests(ShopServer shop, Browser browser)
{
    [Fact]
    public async Task Services_topics_and_groups_are_there()
    {
        var page = await shop.Dashboard.PageAsync("/topology");
        Assert.Contains("data-node=\"service:billing-service\"", page, StringComparison.Ordinal);
        Assert.Contains("data-node=\"topic:orders@", page, StringComparison.Ordinal);
        Assert.Contains("orders is read by mail-service (mail)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_has_the_same_numbers_and_opens_them()
    {
        var page = await shop.Dashboard.PageAsync("/topology?view=table");
        Assert.Contains("/latency?topic=orders&amp;group=billing", page, StringComparison.Ordinal);
        Assert.Contains("▲ 1 · 2.56 %", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chosen_node_leads_to_its_traces_and_its_ledger()
    {
        var page = await shop.Dashboard.PageAsync("/topology?node=service:order-service");
        Assert.Contains("q=service%20%3D%20%22order-service%22", page, StringComparison.Ordinal);
        var id = page[page.IndexOf("topic:orders@", StringComparison.Ordinal)..].Split('"')[0];
        Assert.Contains("/ledger?topic=orders", await shop.Dashboard.PageAsync($"/topology?node={Uri.EscapeDataString(id)}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show=weight", "show is")]
    [InlineData("hops=9", "hops is")]
    [InlineData("by=colour", "by is")]
    public async Task What_cannot_be_used_of_the_address_is_told(string query, string problem) =>
        Assert.Contains(problem, await shop.Dashboard.PageAsync($"/topology?{query}"), StringComparison.Ordinal);

    [Fact]
    public async Task Map_is_moved_and_zoomed_by_keys_and_the_address_has_it()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/topology");
        var page = visit.Page;
        await page.FocusAsync("#map");
        var whole = await page.GetAttributeAsync("#map svg", "viewBox");
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForURLAsync(url => url.Contains("box=", StringComparison.Ordinal));
        var moved = await page.GetAttributeAsync("#map svg", "viewBox");
        Assert.NotEqual(whole, moved);

        // Who follows the address sees the same part.
        await page.ReloadAsync();
        var width = await page.EvaluateAsync<double>("document.querySelector('#map svg').viewBox.baseVal.width");
        Assert.Equal(double.Parse(moved!.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture), width, 1.0);

        await page.Keyboard.PressAsync("0");
        await page.WaitForURLAsync(url => !url.Contains("box=", StringComparison.Ordinal));
        Assert.Equal(whole, await page.GetAttributeAsync("#map svg", "viewBox"));
    }

    [Fact]
    public async Task Node_is_chosen_by_keys()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/topology");
        await visit.Page.FocusAsync("[data-node='service:mail-service']");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync(url => url.EndsWith("node=service%3Amail-service", StringComparison.Ordinal));
        Assert.Equal("mail-service", await visit.Page.TextContentAsync(".map-panel h2"));
        await visit.Page.GoBackAsync();
        Assert.Equal(0, await visit.Page.Locator(".node.on").CountAsync());
    }
}

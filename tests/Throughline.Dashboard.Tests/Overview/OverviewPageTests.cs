using System.Net;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Overview;

[Collection(DashboardCollection.Name)]
public sealed class OverviewPageTests(ShopServer shop, Browser browser)
{
    [Fact]
    public async Task What_went_wrong_in_the_shop_is_said_in_sentences_with_their_ways()
    {
        var page = WebUtility.HtmlDecode(await shop.Dashboard.PageAsync("/"));

        Assert.Contains("1 record lost in orders: 1 never stored.", page, StringComparison.Ordinal);
        Assert.Contains("audit-service does not extract the context of records of orders: 39 orphans.", page, StringComparison.Ordinal);
        Assert.Contains("billing-service worked on it for 4 s", page, StringComparison.Ordinal);
        Assert.Contains($"/journeys/{Shop.TraceOf(Shop.SlowestOrder)}?span={Shop.SpanOf(Shop.SlowestOrder, 10)}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_slowest_orders_journey_is_one_click_away()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/");
        await visit.Page.ClickAsync(".look-first a:has-text('The slowest record took')");
        await visit.Page.WaitForURLAsync($"**/journeys/{Shop.TraceOf(Shop.SlowestOrder)}?**");
    }

    [Fact]
    public async Task Each_number_opens_its_list()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/");
        var links = await visit.Page.Locator(".tiles a.tile[href]").EvaluateAllAsync<string[]>("tiles => tiles.map(tile => tile.id + ' ' + tile.getAttribute('href'))");

        Assert.Equal(7, links.Length);
        Assert.Contains("tile-orphans /orphans", links);
        Assert.Contains("tile-lost /ledger", links);
    }
}

using System.Net;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Topics;

[Collection(DashboardCollection.Name)]
public sealed class TopicPageTests(ShopServer shop, Browser browser)
{
    [Fact]
    public async Task The_page_names_groups_attributes_and_journeys_of_its_topic()
    {
        var page = WebUtility.HtmlDecode(await shop.Dashboard.PageAsync($"/topics/{Shop.Topic}"));

        Assert.Contains("messaging.destination.partition.id", page, StringComparison.Ordinal);
        Assert.Contains("Partitions of <span class=\"break\">billing</span>", page, StringComparison.Ordinal);
        Assert.Contains("/ledger/records?cell=lost", page, StringComparison.Ordinal);
        Assert.Contains("/journeys/", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_squares_show_is_in_the_address()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, $"/topics/{Shop.Topic}");
        await visit.Page.ClickAsync(".switch a:has-text('Errors')");
        await visit.Page.WaitForURLAsync("**measure=errors");

        Assert.Equal("Errors", await visit.Page.InnerTextAsync(".switch a[aria-current]"));
        await visit.Page.GoBackAsync();
        Assert.Equal("Wait, p95", await visit.Page.InnerTextAsync(".switch a[aria-current]"));
    }

    [Fact]
    public async Task The_keyboard_goes_through_the_squares_and_opens_their_spans()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, $"/topics/{Shop.Topic}?measure=errors");
        await visit.Page.FocusAsync("#heat-plot");
        for (var row = 0; row < Shop.Partitions; row++)
        {
            await visit.Page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.StartsWith($"Partition {Shop.Partitions - 1}, ", await visit.Page.InnerTextAsync("#heat-told"), StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/search?q=**");
        Assert.Contains("partition+%3D+3", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measure_that_is_none_is_named() =>
        Assert.Contains("measure is &#x27;size&#x27;", await shop.Dashboard.PageAsync($"/topics/{Shop.Topic}?measure=size"), StringComparison.Ordinal);
}

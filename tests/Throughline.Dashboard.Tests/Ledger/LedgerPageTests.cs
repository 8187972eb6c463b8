using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Ledger;

/// <summary>The shop's ledger: one order was never stored, one is in the dead letters.</summary>
[Collection(DashboardCollection.Name)]
public sealed class LedgerPageTests(ShopServer shop, Browser browser)
{
    [Fact]
    public async Task Unknown_is_no_zero_and_says_why()
    {
        var page = await shop.Dashboard.PageAsync("/ledger?topic=orders");

        Assert.Contains("unknown: no broker is asked", page, StringComparison.Ordinal);
        Assert.Contains("unknown, which is not zero", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_opens_the_record_with_service_time_and_cause()
    {
        var page = await shop.Dashboard.PageAsync($"/ledger/records?cell=lost&topic={Shop.Topic}");

        Assert.Contains("MESSAGE_TOO_LARGE: not stored", page, StringComparison.Ordinal);
        Assert.Contains("order-service", page, StringComparison.Ordinal);
        Assert.Contains($"/journeys/{Shop.TraceOf(Shop.LostOrder)}?span={Shop.SpanOf(Shop.LostOrder, 1)}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_opens_the_record_that_failed_in_that_group_only()
    {
        var billing = await shop.Dashboard.PageAsync($"/ledger/records?cell=failed&topic={Shop.Topic}&group=billing");
        var mail = await shop.Dashboard.PageAsync($"/ledger/records?cell=failed&topic={Shop.Topic}&group=mail");

        Assert.Contains($"/journeys/{Shop.TraceOf(Shop.FailedOrder)}", billing, StringComparison.Ordinal);
        Assert.Contains("CardRefusedException", billing, StringComparison.Ordinal);
        Assert.DoesNotContain("/journeys/", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_of_a_figure_that_is_none_are_refused_in_words()
    {
        var page = await shop.Dashboard.PageAsync("/ledger/records?cell=eaten&topic=orders");

        Assert.Contains("A cell (one of produced, ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_the_overview_to_the_journey_of_the_lost_record_it_is_two_clicks()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/");
        await visit.Page.ClickAsync(".look-first a:has-text('lost in orders')");
        await visit.Page.WaitForURLAsync("**/ledger/records?**");
        await visit.Page.ClickAsync("#ledger-records a:has-text('Journey')");
        await visit.Page.WaitForURLAsync($"**/journeys/{Shop.TraceOf(Shop.LostOrder)}?**");
    }

    [Fact]
    public async Task Every_cell_of_the_ledger_is_reached_by_keyboard_and_named()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, $"/ledger?topic={Shop.Topic}");
        var cells = await visit.Page.Locator(".ledger td").CountAsync();

        Assert.Equal(cells, await visit.Page.Locator(".ledger td a[href*='cell='][title]").CountAsync());
        await visit.Page.Locator(".ledger td a").First.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/ledger/records?cell=produced**");
    }
}

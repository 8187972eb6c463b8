using Microsoft.Playwright;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Search;

/// <summary>Searching with keyboard and mouse.</summary>
[Collection(DashboardCollection.Name)]
public sealed class SearchByHandTests(ShopServer shop, Browser browser)
{
    [Fact]
    public async Task Query_is_written_with_the_keyboard_from_what_is_offered()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/");
        var page = visit.Page;
        var box = page.Locator("#q");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("grou");
        await Offer(page, "group").WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await Offer(page, "=").WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(await Offer(page, "=").GetAttributeAsync("id"), await box.GetAttributeAsync("aria-activedescendant"));
        Assert.Equal("true", await Offer(page, "=").GetAttributeAsync("aria-selected"));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("ma");
        await Offer(page, "mail").WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("group = mail ", await box.InputValueAsync());
        await Offer(page, "and").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("false", await box.GetAttributeAsync("aria-expanded"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/search?q=group+%3D+mail*");
        Assert.Contains("39 spans", await page.InnerTextAsync("#search caption"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_offered_is_taken_that_was_not_chosen()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/search");
        await visit.Page.FillAsync("#q", "error");
        await Offer(visit.Page, "error.type").WaitForAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/search?q=error");
    }

    [Fact]
    public async Task Focus_leaves_the_box_by_tab()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/search");
        await visit.Page.FillAsync("#q", "error ");
        await Offer(visit.Page, "and").WaitForAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.NotEqual("q", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Theory]
    [InlineData("#scatter", true)]
    [InlineData("#histogram", false)]
    public async Task Dragging_narrows_down_and_back_takes_it_back(string picture, bool isTime)
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/search?q=group+%3D+billing");
        var page = visit.Page;
        await DragAsync(page, picture, 0.5, 1);
        await page.WaitForURLAsync(isTime ? "**from=*" : "**minDuration=*");
        Assert.Contains("q=group", page.Url, StringComparison.Ordinal);
        Assert.InRange(await CountAsync(page), 1, 30);
        if (!isTime)
        {
            Assert.Equal(1, await CountAsync(page));
            Assert.Contains(Shop.TraceOf(Shop.SlowestOrder), await page.GetAttributeAsync(".spans tbody a", "href"), StringComparison.Ordinal);
        }

        await page.GoBackAsync();
        Assert.Equal(39, await CountAsync(page));
    }

    [Fact]
    public async Task Click_is_no_drag()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/search?q=group+%3D+billing");
        await DragAsync(visit.Page, "#histogram", 0.2, 0.201);
        Assert.EndsWith("/search?q=group+%3D+billing", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_narrows_down_without_a_mouse()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/search?q=group+%3D+billing");
        var page = visit.Page;
        await page.FocusAsync(".pictures > details > summary");
        await page.Keyboard.PressAsync("Enter");
        await page.FillAsync("[name=minDuration]", "1s");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**minDuration=1s*");
        Assert.Equal(1, await CountAsync(page));
    }

    private static ILocator Offer(IPage page, string text) =>
        page.Locator("#q-offers [role=option]").Filter(new LocatorFilterOptions { Has = page.Locator($"code:text-is('{text}')") });

    private static Task<int> CountAsync(IPage page) => page.Locator(".spans tbody tr").CountAsync();

    private static async Task DragAsync(IPage page, string picture, double from, double to)
    {
        var box = (await page.Locator(picture).BoundingBoxAsync())!;
        var y = (float)(box.Y + (box.Height / 2));
        await page.Mouse.MoveAsync((float)(box.X + (box.Width * from)), y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((float)(box.X + (box.Width * (from + to) / 2)), y + 2);
        await page.Mouse.MoveAsync((float)(box.X + (box.Width * to) - 1), y);
        await page.Mouse.UpAsync();
    }
}

using Microsoft.Playwright;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Journeys;

/// <summary>What hands do on a journey.</summary>
[Collection(DashboardCollection.Name)]
public sealed class JourneyBrowserTests(ShopServer shop, Browser browser)
{
    private static readonly string Path = $"/journeys/{Shop.TraceOf(Shop.FailedOrder)}";

    [Fact]
    public async Task Keys_go_through_rows_open_details_and_give_the_focus_back()
    {
        await using var visit = await OpenAsync(Path);
        var page = visit.Page;
        Assert.StartsWith("POST /orders", await HereAsync(page), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("j");
        Assert.StartsWith("send orders", await HereAsync(page), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("]");
        Assert.Contains("error CardRefusedException", await HereAsync(page), StringComparison.Ordinal);
        var row = await page.GetAttributeAsync("#journey-rows", "aria-activedescendant");
        Assert.Equal("true", await page.GetAttributeAsync($"#{row}", "aria-selected"));

        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#details h2").WaitForAsync();
        await page.WaitForFunctionAsync("() => document.activeElement.localName === 'h2'");
        Assert.Contains("CardRefusedException", await page.InnerTextAsync("#details"), StringComparison.Ordinal);
        Assert.Contains($"span={Shop.SpanOf(Shop.FailedOrder, 10)}", page.Url, StringComparison.Ordinal);

        await page.Keyboard.PressAsync("Escape");
        Assert.True(await page.Locator("#details").IsHiddenAsync());
        Assert.Equal("journey-rows", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.DoesNotContain("span=", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folds_are_in_the_address_and_back_takes_them_back()
    {
        await using var visit = await OpenAsync(Path);
        var page = visit.Page;
        var all = await CountAsync(page);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("h");
        Assert.Equal("false", await page.GetAttributeAsync("[role=row][aria-selected=true]", "aria-expanded"));
        Assert.Equal(2, await CountAsync(page));
        Assert.Contains($"fold={Shop.SpanOf(Shop.FailedOrder, 1)}", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await page.Locator("#journey-rows").WaitForAsync();
        Assert.Equal(2, await CountAsync(page));
        await page.GoBackAsync();
        await page.WaitForFunctionAsync("all => document.querySelector('#journey-rows')?.getAttribute('aria-rowcount') === String(all)", all);
        Assert.DoesNotContain("fold=", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_takes_Ctrl_F_over_and_finds_what_is_folded_away()
    {
        await using var visit = await OpenAsync(Path);
        var page = visit.Page;
        await page.ClickAsync("[data-do='close']");
        Assert.Equal(1, await CountAsync(page));
        await page.Keyboard.PressAsync("Control+f");
        Assert.Equal("journey-find", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.TypeAsync("CHECK card");
        await page.GetByText("1 of 1", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        Assert.StartsWith("check card", await HereAsync(page), StringComparison.Ordinal);
        Assert.Contains("find=CHECK+card", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Enter");
        await page.FillAsync("#journey-find", "orders.dlq");
        await page.Locator("#journey-rows").FocusAsync();
        var first = await HereAsync(page);
        await page.Keyboard.PressAsync("n");
        Assert.NotEqual(first, await HereAsync(page));
        await page.Keyboard.PressAsync("Shift+N");
        Assert.Equal(first, await HereAsync(page));
    }

    [Fact]
    public async Task Zoom_and_critical_path_are_in_the_address()
    {
        await using var visit = await OpenAsync(Path);
        var page = visit.Page;
        await page.Keyboard.PressAsync("+");
        Assert.Contains("zoom=", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("0");
        Assert.DoesNotContain("zoom=", page.Url, StringComparison.Ordinal);
        var all = await CountAsync(page);
        await page.Keyboard.PressAsync("c");
        Assert.Contains("critical=1", page.Url, StringComparison.Ordinal);
        Assert.True(await CountAsync(page) < all);
        await page.GoBackAsync();
        Assert.Equal(all, await CountAsync(page));
    }

    [Fact]
    public async Task Links_lead_to_their_rows_and_back_leads_back()
    {
        await using var visit = await OpenAsync($"{Path}?span={Shop.SpanOf(Shop.FailedOrder, 10)}");
        var page = visit.Page;
        await page.Locator("#details [data-go]").First.ClickAsync();
        Assert.StartsWith("send orders", await HereAsync(page), StringComparison.Ordinal);
        await page.WaitForFunctionAsync("() => document.querySelector('#details h2')?.textContent === 'send orders'");
        await page.GoBackAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('#details h2')?.textContent === 'process orders'");
        Assert.StartsWith("process orders", await HereAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_is_a_PNG_of_the_rows()
    {
        await using var visit = await OpenAsync(Path);
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.ClickAsync("[data-do='png']"));
        await using var file = await download.CreateReadStreamAsync();
        var head = new byte[8];
        await file.ReadExactlyAsync(head);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], head);
    }

    [Fact]
    public async Task Rows_without_scripts_are_there_and_fold_by_links()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/");
        await visit.Page.Context.RouteAsync("**/*.js", route => route.AbortAsync());
        var page = await visit.Page.Context.NewPageAsync();
        await page.GotoAsync(new Uri(shop.Dashboard.Address, Path).ToString());
        var all = await page.Locator(".rows tbody tr").CountAsync();
        await page.Locator(".rows a.twisty").Nth(1).ClickAsync();
        Assert.Equal(2, await page.Locator(".rows tbody tr").CountAsync());
        Assert.True(all > 2);
    }

    [Theory]
    [InlineData(375, true)]
    [InlineData(1280, false)]
    [InlineData(1920, true)]
    public async Task Journey_is_for_everybody(int width, bool isDark)
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, $"{Path}?span={Shop.SpanOf(Shop.FailedOrder, 10)}", width, isDark: isDark);
        await visit.Page.Locator("#journey-rows").WaitForAsync();
        var sideways = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, sideways);
        if (Environment.GetEnvironmentVariable("THROUGHLINE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            var file = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"journey-{width}-{(isDark ? "dark" : "light")}.png");
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = System.IO.Path.Combine(folder, file), FullPage = true });
        }

        Assert.Empty(await Accessibility.FindingsAsync(visit.Page));
    }

    private async Task<Visit> OpenAsync(string path)
    {
        var visit = await browser.OpenAsync(shop.Dashboard.Address, path);
        await visit.Page.Locator("#journey-rows").WaitForAsync();
        return visit;
    }

    private static async Task<string> HereAsync(IPage page) => (await page.InnerTextAsync("[role=row][aria-selected=true] .what")).TrimStart('▾', '▸', '\n', ' ');

    private static async Task<int> CountAsync(IPage page) =>
        int.Parse(await page.GetAttributeAsync("#journey-rows", "aria-rowcount") ?? "", System.Globalization.CultureInfo.InvariantCulture);
}

using System.Net;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Shell;

/// <summary>What holds for every page.</summary>
[Collection(DashboardCollection.Name)]
public sealed class ShellTests(ShopServer shop, Browser browser)
{
    [Fact]
    public async Task Page_refuses_whatever_is_inline_or_from_elsewhere()
    {
        using var response = await shop.Dashboard.Client.GetAsync(new Uri("/", UriKind.Relative));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_that_leads_nowhere_says_so()
    {
        using var response = await shop.Dashboard.Client.GetAsync(new Uri("/<script>", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("&lt;script&gt;", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?from=soon", "from is &#x27;soon&#x27;")]
    [InlineData("?to=-1x", "to is &#x27;-1x&#x27;")]
    public async Task Time_that_cannot_be_read_is_named(string query, string problem) =>
        Assert.Contains(problem, await shop.Dashboard.PageAsync("/" + query), StringComparison.Ordinal);

    [Fact]
    public async Task Theme_is_the_readers_choice_and_stays()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/");
        await visit.Page.ClickAsync("#theme");
        await visit.Page.ReloadAsync();
        Assert.Equal("dark", await visit.Page.GetAttributeAsync("html", "data-theme"));
    }

    [Fact]
    public async Task Keys_are_listed_and_their_list_gives_the_focus_back()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/");
        await visit.Page.FocusAsync("#keys");
        await visit.Page.Keyboard.PressAsync("?");
        Assert.True(await visit.Page.IsVisibleAsync("#keys-list"));
        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.Equal("keys", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        await visit.Page.Keyboard.PressAsync("/");
        Assert.Equal("q", await visit.Page.EvaluateAsync<string>("document.activeElement.name"));
    }
}

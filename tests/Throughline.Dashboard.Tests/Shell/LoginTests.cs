using System.Net;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Shell;

/// <summary>Pages of a server that takes a key.</summary>
[Collection(DashboardCollection.Name)]
public sealed class LoginTests(Browser browser)
{
    private const string Ingest = "an ingest key of some length";
    private const string Read = "a read key of some length";

    [Fact]
    public async Task Without_the_key_every_page_leads_to_where_it_is_shown()
    {
        await using var server = await StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = null;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ledger?topic=a%26b");
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/login?to=%2Fledger%3Ftopic%3Da%2526b", response.Headers.Location!.OriginalString);
        using var live = await server.Client.GetAsync(new Uri("/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, live.StatusCode);
    }

    [Fact]
    public async Task Key_opens_the_page_that_was_wanted_and_is_in_no_page()
    {
        await using var server = await StartAsync();
        await using var visit = await browser.OpenAsync(server.Address, "/?from=-5m");
        await visit.Page.FillAsync("#key", "another");
        await visit.Page.ClickAsync("button");
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).WaitForAsync();
        await visit.Page.FillAsync("#key", Read);
        await visit.Page.ClickAsync("button");
        await visit.Page.WaitForURLAsync("**/?from=-5m");
        Assert.DoesNotContain(Read, await visit.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal("", await visit.Page.EvaluateAsync<string>("document.cookie"));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Link_cannot_lead_elsewhere_through_the_login(string wanted)
    {
        await using var server = await StartAsync();
        using var form = new FormUrlEncodedContent([new("key", Read)]);
        using var response = await server.Client.PostAsync(new Uri($"/login?to={Uri.EscapeDataString(wanted)}", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/", response.Headers.Location!.OriginalString);
    }

    private static Task<DashboardServer> StartAsync() => DashboardServer.StartAsync(options => (options.IngestKey, options.ReadKey) = (Ingest, Read));
}

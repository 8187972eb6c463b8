using Microsoft.Playwright;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Orphans;

[Collection(DashboardCollection.Name)]
public sealed class OrphanTests(ShopServer shop, Browser browser)
{
    [Fact]
    public async Task Consumer_that_does_not_extract_is_named_with_its_evidence_and_its_fix()
    {
        var page = await shop.Dashboard.PageAsync("/orphans");
        Assert.Contains("Consumer not extracting", page, StringComparison.Ordinal);
        Assert.Contains("audit-service was never seen to read a context from orders", page, StringComparison.Ordinal);
        Assert.Contains("TracingConsumerBuilder", page, StringComparison.Ordinal);
        Assert.Contains("The latest span of audit-service was written by Throughline", page, StringComparison.Ordinal);
        Assert.Contains($"/journeys/{0xdead0000 + Shop.Orders - 1:x32}?span=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_client_is_chosen_by_the_address()
    {
        var page = await shop.Dashboard.PageAsync("/orphans?client=java");
        Assert.Contains("-javaagent", page, StringComparison.Ordinal);
        Assert.DoesNotContain("TracingConsumerBuilder", page, StringComparison.Ordinal);
        Assert.Contains("its fix is C#, Throughline", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client=cobol", "client is")]
    [InlineData("cause=bad-luck", "cause is")]
    public async Task What_cannot_be_used_of_the_address_is_told(string query, string problem) =>
        Assert.Contains(problem, await shop.Dashboard.PageAsync($"/orphans?{query}"), StringComparison.Ordinal);

    [Fact]
    public async Task Service_without_orphans_has_none() =>
        Assert.Contains("No orphans of these", await shop.Dashboard.PageAsync("/orphans?service=mail-service"), StringComparison.Ordinal);

    [Fact]
    public async Task Fix_is_seen_at_once_and_copied_and_another_client_keeps_the_place()
    {
        await using var visit = await browser.OpenAsync(shop.Dashboard.Address, "/orphans");
        var page = visit.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var snippet = page.Locator("#consumer-not-extracting-fix");
        var box = await snippet.BoundingBoxAsync();
        Assert.True(box!.Y + box.Height < page.ViewportSize!.Height, "the fix is on the first screen");

        await page.ClickAsync("[data-copy='#consumer-not-extracting-fix']");
        await Assertions.Expect(page.Locator("[data-copy='#consumer-not-extracting-fix']")).ToHaveTextAsync("Copied");
        Assert.Contains("TracingConsumerBuilder", await page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Python" }).First.ClickAsync();
        await page.WaitForURLAsync("**/orphans?client=python#consumer-not-extracting");
        Assert.Contains("ConfluentKafkaInstrumentor", await snippet.TextContentAsync(), StringComparison.Ordinal);
    }
}

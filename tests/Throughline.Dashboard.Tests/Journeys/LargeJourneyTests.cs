using System.Diagnostics;
using System.Globalization;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;
using Throughline.Server.Internal;

namespace Throughline.Dashboard.Tests.Journeys;

/// <summary>A hundred thousand spans in one journey.</summary>
[Collection(DashboardCollection.Name)]
public sealed class LargeJourneyTests(Browser browser)
{
    // What the page promises is a second on a machine that does nothing else. A test shares its machine with others, so that
    // it takes the page of a few spans for what is possible now.
    private const double MoreThanSmallMsMax = 5_000;
    private const double TimesSmallMax = 3;
    private const double SearchMsMax = 20_000;
    private const string FirstPaint = "performance.getEntriesByName('first-contentful-paint')[0].startTime";

    [Fact]
    public async Task First_rows_are_painted_at_once_and_all_of_them_can_be_searched()
    {
        await using var server = await DashboardServer.StartAsync();
        await server.SendAsync(ManySpans.Requests(UnixTime.Of(DateTimeOffset.UtcNow) - 60_000_000_000));
        var path = $"/journeys/{ManySpans.Trace}";

        await server.SendAsync(Shop.Spans(DateTimeOffset.UtcNow));
        var small = 0.0;
        for (var order = 0; order < 2; order++)
        {
            // The first page of a process also compiles it.
            await using var one = await browser.OpenAsync(server.Address, $"/journeys/{Shop.TraceOf(order)}");
            small = await one.Page.EvaluateAsync<double>(FirstPaint);
        }

        await using var visit = await browser.OpenAsync(server.Address, path);
        var page = visit.Page;
        var firstPaint = await page.EvaluateAsync<double>(FirstPaint);
        await page.Locator("#journey-rows").WaitForAsync(new() { Timeout = 60_000 });
        var shown = await page.EvaluateAsync<double>("performance.getEntriesByName('journey:shown')[0].startTime");
        Assert.InRange(firstPaint, 0, MoreThanSmallMsMax + (TimesSmallMax * small));
        Assert.Contains("Find in all 1", await page.GetAttributeAsync("#journey-find", "placeholder") ?? "", StringComparison.Ordinal);

        // A row that is folded away, near the end.
        var search = Stopwatch.StartNew();
        await page.FillAsync("#journey-find", "customer-19998");
        await page.GetByText("1 of 1", new() { Exact = true }).WaitForAsync();
        search.Stop();
        Assert.InRange(search.Elapsed.TotalMilliseconds, 0, SearchMsMax);
        Assert.Contains("bulk[6]@2499", await page.InnerTextAsync("[role=row][aria-selected=true]"), StringComparison.Ordinal);

        await page.FillAsync("#journey-find", "step 2");
        await page.GetByText(string.Create(CultureInfo.InvariantCulture, $"of {ManySpans.Records}")).WaitForAsync();
        var folding = await page.EvaluateAsync<double>(
            "async () => { const begun = performance.now(); document.querySelector(\"[data-do='close']\").click(); await new Promise(requestAnimationFrame); return performance.now() - begun; }");
        Assert.InRange(folding, 0, SearchMsMax);
        if (Environment.GetEnvironmentVariable("THROUGHLINE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await File.AppendAllTextAsync(
                Path.Combine(folder, "journey-100000.txt"), string.Create(CultureInfo.InvariantCulture, $"a small journey's first paint {small:0} ms, this one's {firstPaint:0} ms, all rows {shown:0} ms, folding {folding:0} ms, search {search.ElapsedMilliseconds} ms\n"));
        }
    }
}

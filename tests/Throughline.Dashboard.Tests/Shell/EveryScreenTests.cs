using System.Globalization;
using Microsoft.Playwright;
using Throughline.Dashboard.Tests.Browsing;
using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Shell;

/// <summary>
/// Every screen on the demo's run, at narrow and wide, light and dark: without an error, without a sideways scroll, and for everybody.
/// <c>THROUGHLINE_SCREENSHOTS</c> names a folder for pictures of them.
/// </summary>
[Collection(DashboardCollection.Name)]
public sealed class EveryScreenTests(DemoRun demo, Browser browser)
{
    private static readonly (int Width, bool IsDark)[] Pictured = [(375, true), (375, false), (1280, false), (1280, true), (1920, false)];

    public static TheoryData<string, string> Screens { get; } = new()
    {
        { "overview", "/" },
        { "topology", "/topology?show=errors" },
        { "topology-table", "/topology?view=table" },
        { "search", "/search?q=topic+%3D+order-events" },
        { "search-refused", "/search?q=topic+%3D+a+b" },
        { "journey", "/records/order-events/0/5" },
        { "topics", "/topics" },
        { "topic", "/topics/order-events" },
        { "ledger", "/ledger" },
        { "ledger-records", "/ledger/records?cell=lost&topic=order-events" },
        { "orphans", "/orphans" },
        { "latency", "/latency" },
        { "latency-compare", "/latency?compare=slow" },
        { "sampling", "/sampling" },
        { "settings", "/settings" },
    };

    private static string? Folder => Environment.GetEnvironmentVariable("THROUGHLINE_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Screen_is_for_everybody(string name, string path)
    {
        foreach (var (width, isDark) in Folder is null ? [(375, true), (1280, false)] : Pictured)
        {
            await using var visit = await browser.OpenAsync(demo.Address, path, width, isDark: isDark);
            Assert.Empty(await Accessibility.FindingsAsync(visit.Page));
            var sideways = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(sideways == 0, string.Create(CultureInfo.InvariantCulture, $"{path} is {sideways} px wider than {width}"));
            await PictureAsync(visit.Page, name, width, isDark);
        }
    }

    private static async Task PictureAsync(IPage page, string name, int width, bool isDark)
    {
        if (Folder is { } folder)
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"{name}-{width}-{(isDark ? "dark" : "light")}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, file), FullPage = true });
        }
    }
}

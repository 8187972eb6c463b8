using Microsoft.Playwright;
using Throughline.TestServers;

namespace Throughline.Dashboard.Tests.Browsing;

/// <summary>A Chromium that the machine has: Debian's, or the one that <c>THROUGHLINE_CHROMIUM</c> names. Without one, tests that look are left out.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Missing = "there is no chromium (Debian's package chromium has it)";

    private const float PatienceMs = 120_000;

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path)
        {
            LeftOut.Say("the dashboard in a browser", Missing);
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            // A CI machine's processes often run as root, where Chromium has no sandbox.
            Args = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
        });
    }

    /// <summary>A page of its own session. What goes wrong in it (an error in a script, something that the policy refused) fails the test that closes it.</summary>
    public async Task<Visit> OpenAsync(Uri address, string path, int width = 1280, int height = 900, bool isDark = false)
    {
        Assert.SkipWhen(_browser is null, Missing);
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            BaseURL = address.ToString(),
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(PatienceMs);
        context.SetDefaultNavigationTimeout(PatienceMs);
        var visit = new Visit(context, await context.NewPageAsync());
        await visit.Page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Load });

        // Before its first frame a page drops what is typed and clicked.
        await visit.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find() =>
        Environment.GetEnvironmentVariable("THROUGHLINE_CHROMIUM") is { Length: > 0 } path ? path : Places.FirstOrDefault(File.Exists);
}

using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Throughline.Dashboard.Tests.Browsing;

/// <summary>One look at the dashboard.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    public Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            // A page that is not there, or a server that is away, is some tests' subject; whatever else is red is a fault.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _faults.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, and what the content-security policy refused.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(Faults);
    }
}

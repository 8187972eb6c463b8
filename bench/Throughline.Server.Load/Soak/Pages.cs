using System.Diagnostics;

namespace Throughline.Server.Load.Soak;

/// <summary>Open pages that refresh themselves: the questions that they ask, once a second each.</summary>
internal sealed class Pages : IAsyncDisposable
{
    private const int Count = 3;

    private static readonly string[] Questions =
    [
        "/api/v1/latency?by=partition", "/api/v1/lag", "/api/v1/skew", "/api/v1/topology", "/api/v1/ledger", "/api/v1/errors",
        "/api/v1/search?limit=50", "/api/v1/search?q=status%20%3D%20error&limit=50", "/metrics",
    ];

    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<double> _ms = [];
    private readonly Task[] _pages;
    private int _failed;

    public Pages(Uri server) => _pages = [.. Enumerable.Range(0, Count).Select(_ => RefreshAsync(server))];

    /// <summary>Answers that were refusals, or none.</summary>
    public int Failed => Volatile.Read(ref _failed);

    public double Ms(double quantile)
    {
        lock (_ms)
        {
            var sorted = _ms.Order().ToList();
            return sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(quantile * sorted.Count))];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_pages);
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RefreshAsync(Uri server)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await second.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var question in Questions)
                {
                    await AskAsync(new Uri(server, question));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The soak is over.
        }
    }

    private async Task AskAsync(Uri question)
    {
        var begun = Stopwatch.GetTimestamp();
        using var answer = await _http.GetAsync(question, _stop.Token);
        await answer.Content.ReadAsByteArrayAsync(_stop.Token);
        if (!answer.IsSuccessStatusCode && Interlocked.Increment(ref _failed) == 1)
        {
            Console.WriteLine($"{question.PathAndQuery}: {await answer.Content.ReadAsStringAsync(_stop.Token)}");
        }

        lock (_ms)
        {
            _ms.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
    }
}

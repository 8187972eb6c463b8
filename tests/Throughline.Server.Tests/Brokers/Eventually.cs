using System.Diagnostics;

namespace Throughline.Server.Tests.Brokers;

/// <summary>Waits for what other threads do.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static async Task HoldsAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Longest, $"It did not come about within {Longest.TotalSeconds} s.");
            await Task.Delay(10);
        }
    }
}

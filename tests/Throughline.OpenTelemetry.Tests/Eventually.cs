namespace Throughline.OpenTelemetry.Tests;

/// <summary>Asks a server again until it has the answer, within a bound.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task<T> GetAsync<T>(Func<CancellationToken, Task<T?>> ask)
        where T : struct
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var again = new PeriodicTimer(Interval);
        do
        {
            if (await ask(limit.Token) is { } answer)
            {
                return answer;
            }
        }
        while (await again.WaitForNextTickAsync(limit.Token));

        throw new TimeoutException();
    }
}

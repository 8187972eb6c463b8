namespace Throughline.Kafka.Internal.Failures;

/// <summary>Pauses that grow by a factor up to a bound, each shortened at random by up to a share of it.</summary>
internal sealed class Backoff(TimeSpan initial, double factor, TimeSpan max, double jitter, int? seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = seed is { } given ? new Random(given) : new Random();

    /// <param name="attempt">Which attempt has failed; 1 for the first.</param>
    internal TimeSpan After(int attempt)
    {
        // Infinite after a thousand attempts or so, which the bound makes good.
        var pauseMs = Math.Min(initial.TotalMilliseconds * Math.Pow(factor, attempt - 1), max.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(pauseMs * (1 - (jitter * NextRandom())));
    }

    private double NextRandom()
    {
        // Of several workers, and a seeded one is not made for that.
        lock (_lock)
        {
            return _random.NextDouble();
        }
    }
}

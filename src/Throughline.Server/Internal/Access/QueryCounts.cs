namespace Throughline.Server.Internal.Access;

/// <summary>How long queries took, and how many were refused, since the start: for /metrics.</summary>
internal sealed class QueryCounts
{
    private readonly long[] _buckets = new long[Bounds.Count + 1];
    private long _ticks;
    private long _tooMany;
    private long _tooManyAtOnce;
    private long _tooLong;

    /// <summary>Upper bounds of the buckets, seconds.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];

    /// <summary>Queries in each bucket; the last one's is the slowest.</summary>
    public IReadOnlyList<long> Buckets => (long[])_buckets.Clone();

    public TimeSpan Total => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    /// <summary>Over the rate.</summary>
    public long TooMany => Volatile.Read(ref _tooMany);

    /// <summary>No place to wait.</summary>
    public long TooManyAtOnce => Volatile.Read(ref _tooManyAtOnce);

    /// <summary>Given up.</summary>
    public long TooLong => Volatile.Read(ref _tooLong);

    public void Add(TimeSpan took)
    {
        var bucket = 0;
        while (bucket < Bounds.Count && took.TotalSeconds > Bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _ticks, took.Ticks);
    }

    public void AddTooMany() => Interlocked.Increment(ref _tooMany);

    public void AddTooManyAtOnce() => Interlocked.Increment(ref _tooManyAtOnce);

    public void AddTooLong() => Interlocked.Increment(ref _tooLong);
}

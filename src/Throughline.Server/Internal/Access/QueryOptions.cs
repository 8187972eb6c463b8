namespace Throughline.Server.Internal.Access;

/// <summary>How much asking the server allows.</summary>
internal sealed record QueryOptions
{
    /// <summary>Queries that run at once: <c>--queries-max</c>.</summary>
    public int QueriesAtOnceMax { get; init; } = 16;

    /// <summary>Queries that wait for their turn, <c>--queries-waiting-max</c>; further ones are refused with 503.</summary>
    public int QueriesWaitingMax { get; init; } = 64;

    /// <summary>
    /// Queries a second over all clients, <c>--queries-per-second-max</c>, with bursts of twice as many; further ones are
    /// refused with 429.
    /// </summary>
    public int QueriesPerSecondMax { get; init; } = 200;

    /// <summary>A search that no index serves answers after this time with what it has, and a cursor: <c>--query-time-max</c>.</summary>
    public TimeSpan SearchTimeMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A query that takes twice as long is given up, and refused with 504.</summary>
    public TimeSpan QueryTimeMax => 2 * SearchTimeMax;

    /// <summary>Bytes of a query's body (Tempo's POST); larger ones are refused with 413.</summary>
    public int QueryBodyBytesMax { get; init; } = 64 * 1024;
}

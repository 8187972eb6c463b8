using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Throughline.Server.Internal.Api;

namespace Throughline.Server.Internal.Access;

/// <summary>Lets queries in: so many a second, so many at once, each for so long.</summary>
internal sealed class QueryGate : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly QueryOptions _options;
    private readonly TimeProvider _time;
    private readonly RateLimiter _rate;
    private readonly ConcurrencyLimiter _atOnce;

    public QueryGate(QueryOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _rate = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = 2 * options.QueriesPerSecondMax,
            TokensPerPeriod = Math.Max(1, options.QueriesPerSecondMax / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
            AutoReplenishment = true,
        });
        _atOnce = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.QueriesAtOnceMax,
            QueueLimit = options.QueriesWaitingMax,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    public QueryCounts Counts { get; } = new();

    /// <summary>Runs a query when it is its turn.</summary>
    /// <param name="query">What runs; its token is cancelled when the client leaves or the time is up.</param>
    /// <param name="aborted">The client has left.</param>
    /// <exception cref="ApiException">There were too many, or it took too long.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> query, CancellationToken aborted)
    {
        using var rate = _rate.AttemptAcquire();
        if (!rate.IsAcquired)
        {
            Counts.AddTooMany();
            throw Refused(
                StatusCodes.Status429TooManyRequests,
                $"there are more queries than --queries-per-second-max allows, {_options.QueriesPerSecondMax} a second");
        }

        using var turn = await _atOnce.AcquireAsync(1, aborted).ConfigureAwait(false);
        if (!turn.IsAcquired)
        {
            Counts.AddTooManyAtOnce();
            throw Refused(
                StatusCodes.Status503ServiceUnavailable,
                $"{_options.QueriesAtOnceMax} queries run (--queries-max), and {_options.QueriesWaitingMax} wait (--queries-waiting-max)");
        }

        using var timeUp = new CancellationTokenSource(_options.QueryTimeMax, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, timeUp.Token);
        var started = _time.GetTimestamp();
        try
        {
            await query(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timeUp.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            Counts.AddTooLong();
            throw new ApiException(
                StatusCodes.Status504GatewayTimeout,
                $"the query took longer than {_options.QueryTimeMax.TotalSeconds:0.###} s, twice --query-time-max; ask for less time or fewer items",
                e);
        }
        finally
        {
            Counts.Add(_time.GetElapsedTime(started));
        }
    }

    public void Dispose()
    {
        _rate.Dispose();
        _atOnce.Dispose();
    }

    private static ApiException Refused(int status, string why) => new(status, why) { RetryAfter = RetryAfter };
}

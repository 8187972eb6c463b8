namespace Throughline.Kafka.Internal.Metrics;

/// <summary>One broker as one client sees it, over the statistics' last interval.</summary>
/// <param name="Id">Its id as text, or what it is to the client (<c>GroupCoordinator</c>); <see langword="null"/> for a bootstrap address.</param>
/// <param name="RoundTripMean">From request to response; <see langword="null"/> where there was none in the interval.</param>
/// <param name="RoundTripP99">The 99th percentile of the same.</param>
/// <param name="ThrottleMax">The longest that the broker asked to hold back; zero where it never did.</param>
/// <param name="Retries">Requests that were sent again.</param>
/// <param name="Timeouts">Requests that were never answered in time.</param>
internal readonly record struct BrokerStatistics(
    string? Id, TimeSpan? RoundTripMean, TimeSpan? RoundTripP99, TimeSpan ThrottleMax, long Retries, long Timeouts);

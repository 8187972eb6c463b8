namespace Throughline.Kafka.Internal.Metrics;

/// <summary>Takes one client's statistics as they come, on the client's thread, and has the latest for whoever collects.</summary>
internal sealed class StatisticsFeed(StatisticsSettings settings, TimeProvider time)
{
    // A consumer that does not poll gives none, and what it said before is not how it is now.
    private const int IntervalsKept = 3;

    private readonly Lock _lock = new();
    private StatisticsReader? _reader;
    private volatile Taken? _latest;

    /// <summary>The latest, or nothing where that is too long ago.</summary>
    internal ClientStatistics? Latest =>
        _latest is { } taken && time.GetElapsedTime(taken.Timestamp) <= settings.Interval * IntervalsKept ? taken.Statistics : null;

    internal bool IsFed => settings.AreOn;

    /// <summary>Whether <see cref="PartitionStatistics.LastStable"/> is this consumer's end of a partition.</summary>
    internal bool ReadsCommitted => settings.ReadsCommitted;

    /// <summary>Reads them if somebody collects. Never throws; what is no statistics is counted, and nothing is known then.</summary>
    internal void Take(string json)
    {
        try
        {
            _latest = Telemetry.ClientMetricsEnabled && TryRead(json) is { } read ? new(read, time.GetTimestamp()) : null;
        }
        catch (Exception exception)
        {
            _latest = null;
            Faults.Contain("statistics", exception);
        }
    }

    private ClientStatistics? TryRead(string json)
    {
        // An application that polls a producer by itself may do so on several threads.
        lock (_lock)
        {
            if ((_reader ??= new()).TryRead(json, out var read))
            {
                return read;
            }
        }

        Telemetry.StatisticsRefused.Add(1);
        return null;
    }

    private sealed record Taken(ClientStatistics Statistics, long Timestamp);
}

using System.Diagnostics.Metrics;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>
/// How many records lie between one consumer and the end of its partitions: by its statistics where it gives them, else by
/// its own positions and watermarks. No broker is asked, and of partitions that are somebody else's nothing is told.
/// </summary>
internal sealed class OffsetLag(ConsumerPlaces places, StatisticsFeed feed, ClientIdentity client)
{
    // Held while the native client is asked, which does not look whether it is being destroyed.
    private readonly Lock _lock = new();
    private bool _isClosed;

    /// <summary>Records that Consume has still to return.</summary>
    internal void Tell(List<Measurement<long>> told)
    {
        var known = Known();
        foreach (var place in Assigned())
        {
            var lag = known.TryGetValue(place, out var partition)
                ? Distance(partition.Position >= 0 ? partition.Position : partition.Committed, partition.End(feed.ReadsCommitted))
                : null;
            Add(told, place, lag ?? OwnDistance(place));
        }
    }

    /// <summary>Records that the group has still to commit, which only statistics tell.</summary>
    internal void TellCommitted(List<Measurement<long>> told)
    {
        var known = Known();
        if (known.Count == 0)
        {
            return;
        }

        foreach (var place in Assigned())
        {
            if (known.TryGetValue(place, out var partition))
            {
                Add(told, place, Distance(partition.Committed, partition.End(feed.ReadsCommitted)));
            }
        }
    }

    /// <summary>Waits for whoever is asking the consumer; from then on nobody does.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    private Dictionary<TopicPartition, PartitionStatistics> Known() => (feed.Latest?.Partitions ?? [])
        .ToDictionary(partition => new TopicPartition(partition.Topic, partition.Partition));

    private List<TopicPartition> Assigned() => Ask(static (places, _) => places.Assignment(), null) ?? [];

    private long? OwnDistance(TopicPartition place) => Ask(
        static (places, place) => Distance(places.Position(place!).Value, places.Watermarks(place!).High.Value), place);

    private T? Ask<T>(Func<ConsumerPlaces, TopicPartition?, T?> question, TopicPartition? place)
    {
        lock (_lock)
        {
            try
            {
                return _isClosed ? default : question(places, place);
            }
            catch (ObjectDisposedException)
            {
                // Whoever built the inner client has disposed it.
                _isClosed = true;
                return default;
            }
            catch (KafkaException)
            {
                // A partition that was revoked a moment ago, or of which nothing is known yet.
                return default;
            }
        }
    }

    // An end that is older than the position, such as that of an earlier fetch, is no lag.
    private static long? Distance(long from, long end) => from >= 0 && end >= 0 ? Math.Max(0, end - from) : null;

    private void Add(List<Measurement<long>> told, TopicPartition place, long? lag)
    {
        if (lag is { } records)
        {
            told.Add(new(records, MetricTags.OfLag(client, place.Topic, place.Partition.Value)));
        }
    }
}

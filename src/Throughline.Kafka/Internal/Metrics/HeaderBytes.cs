using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>
/// What tracing adds to one producer's records: counted per topic, and warned about once per topic where it is too large a
/// share of a record whose size is known: of its key, value and headers, not of what it takes on the wire, batched and
/// compressed. Nothing here throws.
/// </summary>
/// <param name="shareMax">The share from which on it is warned about; <see langword="null"/> for never.</param>
/// <param name="warn">Takes the warning.</param>
internal sealed class HeaderBytes(double? shareMax, Action<string>? warn)
{
    // Looking costs as much as a measurement. A share that is too large shows in a sample too.
    private const int SendsPerLook = 16;

    // Topics beyond these are not warned about: somebody makes one a record.
    private const int TopicsMax = 1_000;

    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);
    private uint _sends;

    /// <summary>Tells of a message that is about to be sent.</summary>
    /// <param name="topic">Where to.</param>
    /// <param name="message">The message, with the headers that tracing has put behind its own.</param>
    /// <param name="ownHeaders">How many are its own.</param>
    internal void Tell<TKey, TValue>(string topic, Message<TKey, TValue> message, int ownHeaders)
    {
        // Threads may count past each other: it is a sample in any case.
        var isLookedAt = _sends++ % SendsPerLook == 0 && warn is not null && shareMax is not null;
        if (!isLookedAt && !Telemetry.HeaderBytes.Enabled)
        {
            return;
        }

        try
        {
            var added = SizeOf(message.Headers, ownHeaders, message.Headers.Count);
            if (added == 0)
            {
                return;
            }

            Telemetry.HeaderBytes.Add(added, new KeyValuePair<string, object?>(AttributeNames.DestinationName, topic));
            if (isLookedAt)
            {
                WarnWhereDue(topic, message, ownHeaders, added);
            }
        }
        catch (Exception exception)
        {
            Faults.Contain("send.header_size", exception);
        }
    }

    private void WarnWhereDue<TKey, TValue>(string topic, Message<TKey, TValue> message, int ownHeaders, int added)
    {
        // At least so large: most records are seen not to be due without counting their bytes.
        if (SerializedSize.AtLeast(message.Key) is not { } key
            || SerializedSize.AtLeast(message.Value) is not { } value
            || !IsTooLarge(added, key + value)
            || _warned.ContainsKey(topic))
        {
            return;
        }

        var rest = SerializedSize.Of(message.Key) + SerializedSize.Of(message.Value) + SizeOf(message.Headers, 0, ownHeaders);
        if (rest is not { } others || !IsTooLarge(added, others) || _warned.Count >= TopicsMax || !_warned.TryAdd(topic, true))
        {
            return;
        }

        var warning = $"Trace headers are {added} of the {added + others} bytes of a record for {topic} "
            + $"({100 * added / (added + others)} %; {nameof(KafkaTracingOptions.HeaderShareMax)} is {shareMax:0.##}): its key, value, and headers' names and values, before "
            + "compression. Small records have it by nature. Said once per topic by this producer.";
        KafkaEventSource.Log.HeadersAreLarge(warning);
        warn!(warning);
    }

    private bool IsTooLarge(int added, long others) => added > shareMax * (added + others);

    private static int SizeOf(Headers headers, int from, int to)
    {
        var size = 0;
        for (var i = from; i < to; i++)
        {
            size += KafkaHeaders.SizeOf(headers[i]);
        }

        return size;
    }
}

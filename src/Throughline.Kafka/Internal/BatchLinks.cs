using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>
/// What a batch span says of its records: a link each, up to a cap, with the record's place where the batch is not of
/// one place; the topic and partition where it is.
/// </summary>
internal readonly record struct BatchLinks(
    ActivityLink[] Links, int MessageCount, int TracedCount, int LeftOut, string? Topic, int Partition)
{
    internal static BatchLinks Of<TKey, TValue>(
        IReadOnlyCollection<ConsumeResult<TKey, TValue>> results,
        Func<Headers?, ExtractedContext> extract,
        Func<ConsumeResult<TKey, TValue>, bool> traces,
        int linksMax,
        bool alsoV124)
    {
        var links = new List<ActivityLink>(Math.Min(results.Count, linksMax));
        var (messages, traced, leftOut) = (0, 0, 0);
        TopicPartition? first = null;
        var (oneTopic, onePartition) = (true, true);
        foreach (var result in results)
        {
            if (result.Message is null)
            {
                continue;
            }

            messages++;
            first ??= result.TopicPartition;
            oneTopic &= result.Topic == first.Topic;
            onePartition &= result.Partition == first.Partition;
            if (!traces(result))
            {
                continue;
            }

            traced++;
            var received = extract(result.Message.Headers);
            if (!received.HasTrace)
            {
                continue;
            }

            if (links.Count < linksMax)
            {
                links.Add(LinkTo(result, received, alsoV124));
            }
            else
            {
                leftOut++;
            }
        }

        return new(
            [.. links],
            messages,
            traced,
            leftOut,
            oneTopic ? first?.Topic : null,
            oneTopic && onePartition && first is not null ? first.Partition.Value : Confluent.Kafka.Partition.Any.Value);
    }

    private static ActivityLink LinkTo<TKey, TValue>(
        ConsumeResult<TKey, TValue> result, in ExtractedContext received, bool alsoV124)
    {
        object offset = result.Offset.Value;
        var tags = new ActivityTagsCollection
        {
            [AttributeNames.DestinationName] = result.Topic,
            [AttributeNames.PartitionId] = PartitionText.Of(result.Partition.Value),
            [AttributeNames.Offset] = offset,
        };
        if (alsoV124)
        {
            tags[AttributeNames.V124.Partition] = result.Partition.Value;
            tags[AttributeNames.V124.Offset] = offset;
        }

        return new(received.ToActivityContext(), tags);
    }
}

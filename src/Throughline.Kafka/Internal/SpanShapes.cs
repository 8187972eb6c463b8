using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>The shapes of one operation's spans, kept by topic and partition so that a span costs no string and no array.</summary>
internal sealed class SpanShapes(Operation operation, ClientIdentity client)
{
    // A client on more partitions than this makes the shapes beyond it anew for each span.
    private const int KeptMax = 10_000;

    private readonly ConcurrentDictionary<(string Topic, int Partition), SpanShape> _kept = new();
    private SpanShape? _last;

    internal Operation Operation => operation;

    internal ClientIdentity Client => client;

    internal LeanStarts LeanStarts { get; } = new();

    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition; <see cref="Partition.Any"/> where the record's partition is not known yet.</param>
    internal SpanShape Of(string? topic, int partition)
    {
        if (topic is null)
        {
            // A consumer can be told to leave the topic out of its results.
            return WithoutTopic();
        }

        var last = _last;
        if (last is not null && last.Fits(topic, partition))
        {
            return last;
        }

        if (!_kept.TryGetValue((topic, partition), out var shape))
        {
            shape = Make(topic, partition);
            if (_kept.Count < KeptMax)
            {
                _kept.TryAdd((topic, partition), shape);
            }
        }

        _last = shape;
        return shape;
    }

    /// <summary>The shape of spans over several topics, or none: the name without a destination.</summary>
    internal SpanShape WithoutTopic() => new(string.Empty, Partition.Any, operation.Name, TagsOf(null, Partition.Any));

    private SpanShape Make(string topic, int partition) =>
        new(topic, partition, $"{operation.Name} {topic}", TagsOf(topic, partition));

    private StartTags TagsOf(string? topic, int partition)
    {
        var tags = new List<KeyValuePair<string, object?>>(12)
        {
            new(AttributeNames.System, "kafka"),
            new(AttributeNames.OperationName, operation.Name),
            new(AttributeNames.OperationType, operation.Type),
        };
        if (topic is not null)
        {
            tags.Add(new(AttributeNames.DestinationName, topic));
        }

        if (partition >= 0)
        {
            tags.Add(new(AttributeNames.PartitionId, PartitionText.Of(partition)));
        }

        client.AddStartTags(tags);
        if (client.AlsoV124)
        {
            tags.Add(new(AttributeNames.V124.Operation, operation.NameInV124));
            if (partition >= 0)
            {
                tags.Add(new(AttributeNames.V124.Partition, partition));
            }
        }

        return new StartTags([.. tags]);
    }
}

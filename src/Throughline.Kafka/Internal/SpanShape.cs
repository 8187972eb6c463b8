namespace Throughline.Kafka.Internal;

/// <summary>
/// What all spans of one operation on one topic (and partition) start with: the name and the attributes that samplers
/// may look at. Made once, shared by every span.
/// </summary>
internal sealed class SpanShape(string topic, int partition, string name, IEnumerable<KeyValuePair<string, object?>> startTags)
{
    internal string Topic => topic;

    internal int Partition => partition;

    internal string Name => name;

    internal IEnumerable<KeyValuePair<string, object?>> StartTags => startTags;

    internal bool Fits(string otherTopic, int otherPartition) => partition == otherPartition && topic == otherTopic;
}

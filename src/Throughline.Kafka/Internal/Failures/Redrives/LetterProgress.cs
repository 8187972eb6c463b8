using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures.Redrives;

/// <summary>What is done and not committed yet; a killed run repeats that much.</summary>
internal sealed class LetterProgress(IConsumer<byte[], byte[]> consumer)
{
    private const int UncommittedMax = 100;

    private readonly Dictionary<TopicPartition, Offset> _next = [];
    private int _uncommitted;

    internal void Done(TopicPartitionOffset place)
    {
        _next[place.TopicPartition] = place.Offset + 1;
        if (++_uncommitted >= UncommittedMax)
        {
            Commit();
        }
    }

    internal void Commit()
    {
        if (_uncommitted == 0)
        {
            return;
        }

        consumer.Commit(_next.Select(each => new TopicPartitionOffset(each.Key, each.Value)));
        Forget();
    }

    internal void Forget()
    {
        _next.Clear();
        _uncommitted = 0;
    }
}

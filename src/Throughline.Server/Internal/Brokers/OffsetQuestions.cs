using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Throughline.Server.Internal.Brokers;

/// <summary>Asks where partitions begin and end.</summary>
internal sealed class OffsetQuestions(IAdminClient admin, WatchSettings settings)
{
    /// <summary>By partition; one whose leader did not tell is not there.</summary>
    public async Task<IReadOnlyDictionary<TopicSlot, long>> AskAsync(TopicSlot[] slots, OffsetSpec which, List<string> leftOut)
    {
        if (slots.Length == 0)
        {
            return new Dictionary<TopicSlot, long>();
        }

        List<ListOffsetsResultInfo> told;
        try
        {
            // Up to the high watermark, whatever transactions are open: lag is of what is stored.
            var options = new ListOffsetsOptions
            {
                RequestTimeout = settings.RequestTimeout,
                IsolationLevel = IsolationLevel.ReadUncommitted,
            };
            var asked = slots.Select(slot => new TopicPartitionOffsetSpec
            {
                TopicPartition = new TopicPartition(slot.Topic, slot.Partition),
                OffsetSpec = which,
            });
            told = (await admin.ListOffsetsAsync(asked, options).ConfigureAwait(false)).ResultInfos;
        }
        catch (ListOffsetsException e)
        {
            told = e.Result.ResultInfos;
        }

        var offsets = new Dictionary<TopicSlot, long>(told.Count);
        foreach (var info in told.Select(static one => one.TopicPartitionOffsetError))
        {
            if (info.Error.IsError)
            {
                leftOut.Add($"offsets of some partitions of {info.Topic}: {info.Error.Reason}");
            }
            else
            {
                offsets[new TopicSlot(info.Topic, info.Partition.Value)] = info.Offset.Value;
            }
        }

        return offsets;
    }
}

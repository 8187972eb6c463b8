using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Throughline.Server.Internal.Brokers;

/// <summary>Asks which groups there are, and what they have committed.</summary>
internal sealed class GroupQuestions(IAdminClient admin, WatchSettings settings)
{
    public async Task<IReadOnlyList<GroupState>> AskAsync(List<string> leftOut, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(leftOut).ConfigureAwait(false);
        if (listed.Count > settings.GroupsMax)
        {
            leftOut.Add($"{listed.Count - settings.GroupsMax} groups: more than {settings.GroupsMax}");
        }

        var groups = new ConcurrentBag<GroupState>();
        var failed = new ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.GroupsAtOnce, CancellationToken = cancellationToken };
        var wanted = listed.OrderBy(static group => group.GroupId, StringComparer.Ordinal).Take(settings.GroupsMax);
        await Parallel.ForEachAsync(
            wanted,
            options,
            async (group, _) =>
            {
                if (await OffsetsAsync(group.GroupId, failed).ConfigureAwait(false) is { } committed)
                {
                    groups.Add(new GroupState(group.GroupId, group.State.ToString(), committed, group.IsSimpleConsumerGroup));
                }
            }).ConfigureAwait(false);
        leftOut.AddRange(failed);
        return [.. groups.OrderBy(static group => group.Name, StringComparer.Ordinal)];
    }

    private async Task<List<ConsumerGroupListing>> ListAsync(List<string> leftOut)
    {
        try
        {
            var options = new ListConsumerGroupsOptions { RequestTimeout = settings.RequestTimeout };
            return (await admin.ListConsumerGroupsAsync(options).ConfigureAwait(false)).Valid;
        }
        catch (ListConsumerGroupsException e)
        {
            leftOut.AddRange(e.Results.Errors.Select(static error => $"groups of a broker: {error.Reason}"));
            return e.Results.Valid;
        }
    }

    private async Task<Dictionary<TopicSlot, long>?> OffsetsAsync(string group, ConcurrentBag<string> failed)
    {
        try
        {
            // Not the stable ones: an open transaction's offsets would make the question fail until it is over.
            var options = new ListConsumerGroupOffsetsOptions { RequestTimeout = settings.RequestTimeout };
            var results = await admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions(group, null)], options)
                .ConfigureAwait(false);
            return Committed(results[0].Partitions);
        }
        catch (ListConsumerGroupOffsetsException e) when (e.Results is [{ Error.IsError: false } report])
        {
            failed.Add($"some offsets of group {group}");
            return Committed(report.Partitions);
        }
        catch (KafkaException e)
        {
            failed.Add($"offsets of group {group}: {e.Error.Reason}");
            return null;
        }
    }

    private static Dictionary<TopicSlot, long> Committed(List<TopicPartitionOffsetError> partitions) => partitions
        .Where(static partition => !partition.Error.IsError && partition.Offset.Value >= 0)
        .ToDictionary(
            static partition => new TopicSlot(partition.Topic, partition.Partition.Value), static partition => partition.Offset.Value);
}

using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Throughline.Server.Internal.Brokers;

/// <summary>Asks which topics there are, and for their settings, which are believed for some time.</summary>
internal sealed class TopicQuestions(IAdminClient admin, WatchSettings settings, TimeProvider time)
{
    // Topics in one request.
    private const int BatchSize = 200;

    private readonly Dictionary<string, TopicFacts> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private DateTimeOffset _asked;

    /// <summary>Users' topics, as many as their partitions' bound allows; by name, so that they are always the same.</summary>
    public List<TopicMetadata> Bounded(Metadata metadata, List<string> leftOut)
    {
        var taken = new List<TopicMetadata>();
        var partitions = 0;
        foreach (var topic in metadata.Topics.Where(static topic => !topic.Topic.StartsWith("__", StringComparison.Ordinal))
            .OrderBy(static topic => topic.Topic, StringComparer.Ordinal))
        {
            partitions += topic.Partitions.Count;
            if (partitions > settings.PartitionsMax)
            {
                leftOut.Add($"topics from {topic.Topic} on: more than {settings.PartitionsMax} partitions");
                break;
            }

            taken.Add(topic);
        }

        return taken;
    }

    /// <summary>By topic; one that could not be asked for is not there.</summary>
    public async Task<IReadOnlyDictionary<string, TopicFacts>> AskAsync(List<TopicMetadata> topics, List<string> leftOut)
    {
        string[] names = [.. topics.Select(static topic => topic.Topic)];
        var isOld = time.GetUtcNow() - _asked >= settings.ConfigAge;
        if (isOld)
        {
            _known.Clear();
            _asked = time.GetUtcNow();
        }

        // A topic's id is asked for each time: that it was made again must be seen before its offsets are believed.
        foreach (var batch in names.Chunk(BatchSize))
        {
            await AskIdsAsync(batch, leftOut).ConfigureAwait(false);
        }

        foreach (var batch in names.Where(name => !_known.ContainsKey(name)).Chunk(BatchSize))
        {
            await AskSettingsAsync(batch, leftOut).ConfigureAwait(false);
        }

        return names.Where(_known.ContainsKey)
            .ToDictionary(
                static name => name, name => _known[name] with { TopicId = _ids.GetValueOrDefault(name, "") }, StringComparer.Ordinal);
    }

    private async Task AskIdsAsync(string[] names, List<string> leftOut)
    {
        List<TopicDescription> described;
        try
        {
            var options = new DescribeTopicsOptions { RequestTimeout = settings.RequestTimeout };
            described = (await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames(names), options).ConfigureAwait(false))
                .TopicDescriptions;
        }
        catch (DescribeTopicsException e)
        {
            described = e.Results.TopicDescriptions;
        }

        foreach (var topic in described)
        {
            if (topic.Error.IsError)
            {
                leftOut.Add($"topic {topic.Name}: {topic.Error.Reason}");
            }
            else
            {
                // Brokers before 2.8 have none, which is told as zero.
                var id = topic.TopicId;
                _ids[topic.Name] = (id.MostSignificantBits | id.LeastSignificantBits) == 0 ? "" : id.ToString();
            }
        }
    }

    private async Task AskSettingsAsync(string[] names, List<string> leftOut)
    {
        try
        {
            var resources = names.Select(static name => new ConfigResource { Name = name, Type = ResourceType.Topic });
            var options = new DescribeConfigsOptions { RequestTimeout = settings.RequestTimeout };
            foreach (var result in await admin.DescribeConfigsAsync(resources, options).ConfigureAwait(false))
            {
                Know(result.ConfigResource.Name, result.Entries);
            }
        }
        catch (DescribeConfigsException e)
        {
            foreach (var result in e.Results)
            {
                if (result.Error.IsError)
                {
                    leftOut.Add($"settings of topic {result.ConfigResource.Name}: {result.Error.Reason}");
                }
                else
                {
                    Know(result.ConfigResource.Name, result.Entries);
                }
            }
        }
    }

    private void Know(string topic, Dictionary<string, ConfigEntryResult> entries)
    {
        var policy = entries.GetValueOrDefault("cleanup.policy")?.Value ?? "compact";
        var retention = entries.GetValueOrDefault("retention.ms")?.Value;
        _known[topic] = new TopicFacts(
            "",
            policy.Contains("compact", StringComparison.Ordinal),
            long.TryParse(retention, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) ? ms : null);
    }
}

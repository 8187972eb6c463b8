using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Throughline.Server.Internal.Brokers;

/// <summary>Asks one cluster. One caller at a time.</summary>
internal sealed class ClusterClient : IDisposable
{
    // Where the cluster keeps what transactions are open: it is made when the first one begins.
    private const string TransactionTopic = "__transaction_state";

    private readonly ClusterSettings _cluster;
    private readonly WatchSettings _settings;
    private readonly TimeProvider _time;
    private readonly IAdminClient _admin;
    private readonly TopicQuestions _topics;
    private readonly GroupQuestions _groups;
    private readonly OffsetQuestions _offsets;
    private readonly UnreadProbe _unread;

    /// <exception cref="ArgumentException">A setting is none of librdkafka's, or has a wrong value; the message names it.</exception>
    public ClusterClient(ClusterSettings cluster, WatchSettings settings, TimeProvider time)
    {
        _cluster = cluster;
        _settings = settings;
        _time = time;
        if (cluster.Servers.Count == 0)
        {
            throw new ArgumentException($"The cluster '{cluster.Name}' has no {ClusterSettings.BootstrapServers}.", nameof(cluster));
        }

        try
        {
            // What goes wrong is in each answer: a log of it would say the same again every ten seconds.
            _admin = new AdminClientBuilder(cluster.Client).SetLogHandler(static (_, _) => { }).Build();
            _unread = new UnreadProbe(cluster, settings);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            _admin?.Dispose();
            throw new ArgumentException($"The cluster '{cluster.Name}' cannot be asked: {e.Message}", nameof(cluster), e);
        }

        _topics = new TopicQuestions(_admin, settings, time);
        _groups = new GroupQuestions(_admin, settings);
        _offsets = new OffsetQuestions(_admin, settings);
    }

    public ClusterSettings Cluster => _cluster;

    /// <summary>What the cluster says now.</summary>
    /// <exception cref="KafkaException">It does not.</exception>
    public async Task<ClusterView> AskAsync(CancellationToken cancellationToken)
    {
        var leftOut = new List<string>();
        var asked = UnixTime.Of(_time.GetUtcNow());

        // 1. Who is there: brokers, topics with their leaders and replicas.
        var cluster = await _admin.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = _settings.RequestTimeout })
            .ConfigureAwait(false);
        var metadata = await Task.Run(() => _admin.GetMetadata(_settings.RequestTimeout), cancellationToken).ConfigureAwait(false);
        var topics = _topics.Bounded(metadata, leftOut);
        var known = await _topics.AskAsync(topics, leftOut).ConfigureAwait(false);
        TopicSlot[] slots = [.. topics.SelectMany(static topic => topic.Partitions.Select(p => new TopicSlot(topic.Topic, p.PartitionId)))];

        // 2. Starts before commits before ends: then a start past a commit was there before the commit was, and no end is
        //    behind a commit.
        cancellationToken.ThrowIfCancellationRequested();
        var starts = await _offsets.AskAsync(slots, OffsetSpec.Earliest(), leftOut).ConfigureAwait(false);
        var groups = await _groups.AskAsync(leftOut, cancellationToken).ConfigureAwait(false);
        var ends = await _offsets.AskAsync(slots, OffsetSpec.Latest(), leftOut).ConfigureAwait(false);

        // 3. Where markers of transactions may pass for records: is there one that was not read?
        var hasTransactions = metadata.Topics.Exists(static topic => topic.Topic == TransactionTopic);
        var states = topics.ToDictionary(static topic => topic.Topic, topic => State(topic, known, starts, ends), StringComparer.Ordinal);
        var unread = hasTransactions
            ? await Task.Run(() => _unread.Ask(groups, states, cancellationToken), cancellationToken).ConfigureAwait(false)
            : new Dictionary<GroupSlot, long>();
        return new ClusterView(
            cluster.ClusterId,
            asked,
            cluster.Controller?.Id,
            hasTransactions,
            Brokers(cluster, metadata),
            states,
            groups,
            unread,
            leftOut.Count == 0 ? null : string.Join("; ", leftOut.Distinct(StringComparer.Ordinal)));
    }

    public void Dispose()
    {
        _unread.Dispose();
        _admin.Dispose();
    }

    private static List<BrokerNode> Brokers(DescribeClusterResult cluster, Metadata metadata)
    {
        var partitions = metadata.Topics.SelectMany(static topic => topic.Partitions).ToList();
        var leads = partitions.CountBy(static partition => partition.Leader).ToDictionary();
        var holds = partitions.SelectMany(static partition => partition.Replicas).CountBy(static id => id).ToDictionary();
        return
        [
            .. cluster.Nodes.OrderBy(static node => node.Id).Select(node => new BrokerNode(
                node.Id, node.Host, node.Port, node.Rack, leads.GetValueOrDefault(node.Id), holds.GetValueOrDefault(node.Id))),
        ];
    }

    private static TopicState State(
        TopicMetadata topic,
        IReadOnlyDictionary<string, TopicFacts> known,
        IReadOnlyDictionary<TopicSlot, long> starts,
        IReadOnlyDictionary<TopicSlot, long> ends)
    {
        var facts = known.GetValueOrDefault(topic.Topic) ?? TopicFacts.Unknown;
        return new TopicState(
            topic.Topic,
            facts.TopicId,
            facts.IsCompacted,
            facts.RetentionMs,
            [
                .. topic.Partitions.OrderBy(static partition => partition.PartitionId).Select(partition => new PartitionState(
                    partition.PartitionId,
                    partition.Leader,
                    partition.Replicas.Length,
                    partition.InSyncReplicas.Length,
                    starts.GetValueOrDefault(new TopicSlot(topic.Topic, partition.PartitionId), -1),
                    ends.GetValueOrDefault(new TopicSlot(topic.Topic, partition.PartitionId), -1))),
            ]);
    }
}

namespace Throughline.Server.Internal.Analyze;

/// <summary>How much goes through a topic, as its brokers tell.</summary>
/// <param name="Stored">Offsets by which its partitions grew.</param>
/// <param name="StoredPerSecond">The same by second of the time it was watched.</param>
/// <param name="DeletedPerSecond">Offsets that retention, or somebody, deleted.</param>
internal sealed record TopicRateRow(string Cluster, string Topic, double Stored, double StoredPerSecond, double DeletedPerSecond);

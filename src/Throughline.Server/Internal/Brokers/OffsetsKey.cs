namespace Throughline.Server.Internal.Brokers;

/// <summary>Of what offsets are remembered.</summary>
/// <param name="Group">Empty for the topic's own.</param>
internal readonly record struct OffsetsKey(string Cluster, string Topic, string Group);

namespace Throughline.Server.Internal.Brokers;

/// <summary>What is known of a cluster that is watched.</summary>
/// <param name="Name">As configured.</param>
/// <param name="View">The last that could be had; null for none yet.</param>
/// <param name="Error">Why the last question was not answered; null when it was.</param>
/// <param name="AskedUnixNs">When it was last asked; 0 for never.</param>
internal sealed record ClusterState(string Name, ClusterView? View, string? Error, long AskedUnixNs);

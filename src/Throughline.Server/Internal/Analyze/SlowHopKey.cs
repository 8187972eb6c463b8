namespace Throughline.Server.Internal.Analyze;

/// <summary>Of which the slowest hop is known: a group, in one minute.</summary>
internal readonly record struct SlowHopKey(int Minute, string Cluster, string Topic, string Group);

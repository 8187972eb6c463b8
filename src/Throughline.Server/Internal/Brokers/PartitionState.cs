namespace Throughline.Server.Internal.Brokers;

/// <summary>A partition as its leader told of it.</summary>
/// <param name="Leader">-1 for none.</param>
/// <param name="InSync">How many replicas are in sync.</param>
/// <param name="Start">First offset that is there; -1 where nobody told.</param>
/// <param name="End">Behind the last offset; -1 where nobody told. Asked for after what groups have committed.</param>
internal readonly record struct PartitionState(int Partition, int Leader, int Replicas, int InSync, long Start, long End);

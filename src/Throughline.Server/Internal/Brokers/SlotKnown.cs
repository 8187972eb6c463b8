namespace Throughline.Server.Internal.Brokers;

/// <summary>What is remembered of one partition.</summary>
/// <param name="Start">Of a topic the partition's start; of a group up to where what expired is counted.</param>
/// <param name="End">Of a topic the partition's end; of a group what it has committed.</param>
/// <param name="IsDoubtful">The end was seen further back once: a leader may have told it that was not up to date.</param>
internal readonly record struct SlotKnown(long Start, long End, bool IsDoubtful = false);

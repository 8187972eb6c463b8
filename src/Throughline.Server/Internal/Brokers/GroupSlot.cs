namespace Throughline.Server.Internal.Brokers;

/// <summary>A partition as one group reads it.</summary>
internal readonly record struct GroupSlot(string Group, TopicSlot Slot);

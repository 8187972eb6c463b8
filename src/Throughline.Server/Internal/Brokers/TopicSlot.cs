namespace Throughline.Server.Internal.Brokers;

/// <summary>A partition of a topic.</summary>
internal readonly record struct TopicSlot(string Topic, int Partition);

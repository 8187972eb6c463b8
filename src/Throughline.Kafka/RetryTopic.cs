namespace Throughline.Kafka;

/// <summary>A topic in which records wait for their next attempt.</summary>
/// <param name="Name">The topic; the consumer must be subscribed to it. It belongs to one consumer group.</param>
/// <param name="Delay">How long each record waits there, at least. Records of one topic wait equally long, so none waits for another.</param>
public sealed record RetryTopic(string Name, TimeSpan Delay);

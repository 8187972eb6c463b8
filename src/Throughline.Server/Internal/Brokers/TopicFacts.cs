namespace Throughline.Server.Internal.Brokers;

/// <summary>What a topic's settings say, and which topic of its name it is.</summary>
/// <param name="IsCompacted">Also where nobody could tell: then nothing is called lost.</param>
internal sealed record TopicFacts(string TopicId, bool IsCompacted, long? RetentionMs)
{
    public static TopicFacts Unknown { get; } = new("", true, null);
}

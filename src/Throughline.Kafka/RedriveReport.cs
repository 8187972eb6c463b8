namespace Throughline.Kafka;

/// <summary>What a redrive has done; of a dry one, what it would have done.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="Sent">Letters sent.</param>
/// <param name="PutBack">Letters that the options did not mean.</param>
/// <param name="WithoutDestination">Letters put back because nothing told where to send them.</param>
/// <param name="SentByTopic">Letters sent, by the topic they were sent to.</param>
/// <param name="GroupId">The group that remembers it.</param>
public sealed record RedriveReport(
    RedriveEnd End,
    long Sent,
    long PutBack,
    long WithoutDestination,
    IReadOnlyDictionary<string, long> SentByTopic,
    string GroupId);

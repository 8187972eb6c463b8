namespace Throughline.Kafka.Internal.Failures.Redrives;

/// <summary>Counts what was done.</summary>
internal sealed class RedriveTally
{
    private readonly SortedDictionary<string, long> _sentByTopic = new(StringComparer.Ordinal);
    private long _putBack;
    private long _withoutDestination;

    internal long Sent { get; private set; }

    internal void Count(in RedriveVerdict verdict)
    {
        switch (verdict.Decision)
        {
            case RedriveDecision.Send:
                Sent++;
                _sentByTopic[verdict.Destination] = _sentByTopic.GetValueOrDefault(verdict.Destination) + 1;
                break;
            case RedriveDecision.PutBack:
                _putBack++;
                break;
            default:
                _withoutDestination++;
                break;
        }
    }

    internal RedriveReport Report(RedriveEnd end, string groupId) =>
        new(end, Sent, _putBack, _withoutDestination, _sentByTopic, groupId);
}

namespace Throughline.Kafka.Internal.Failures.Redrives;

/// <summary><see cref="RedriveOptions"/>, checked and frozen.</summary>
internal sealed record RedriveSettings(
    string Topic,
    string? To,
    string GroupId,
    long LettersMax,
    double? RatePerSecondMax,
    bool DryRun,
    TimeSpan AssignmentTimeout,
    Action<DeadLetter, RedriveVerdict>? OnLetter,
    KafkaTracingOptions Tracing)
{
    // Below it the pause between two letters comes near max.poll.interval.ms.
    private const double RateMin = 0.1;

    private string? OriginalTopic { get; init; }

    private string? FailureType { get; init; }

    private Func<DeadLetter, bool>? Where { get; init; }

    internal static RedriveSettings Of(RedriveOptions options)
    {
        Refuse(options, options.To == options.Topic, $"{nameof(options.To)} is the dead-letter topic itself; allowed: another topic, or null");
        Refuse(options, options.To is { Length: 0 }, $"{nameof(options.To)} is empty; allowed: a topic's name, or null");
        Refuse(options, options.GroupId is { Length: 0 }, $"{nameof(options.GroupId)} is empty; allowed: a group's id, or null");
        Refuse(options, options.LettersMax < 1, $"{nameof(options.LettersMax)} is {options.LettersMax}; allowed: 1 or more");
        Refuse(
            options,
            options.RatePerSecondMax is < RateMin or double.NaN,
            $"{nameof(options.RatePerSecondMax)} is {options.RatePerSecondMax}; allowed: {RateMin} or more, or null");
        Refuse(
            options,
            options.AssignmentTimeout <= TimeSpan.Zero,
            $"{nameof(options.AssignmentTimeout)} is {options.AssignmentTimeout}; allowed: more than 0");
        return new(
            options.Topic,
            options.To,
            options.GroupId ?? $"throughline-redrive.{options.Topic}",
            options.LettersMax,
            options.RatePerSecondMax,
            options.DryRun,
            options.AssignmentTimeout,
            options.OnLetter,
            options.Tracing ?? new())
        {
            OriginalTopic = options.OriginalTopic,
            FailureType = options.FailureType,
            Where = options.Where,
        };
    }

    internal RedriveVerdict Decide(DeadLetter letter)
    {
        if (!IsMeant(letter))
        {
            return new(RedriveDecision.PutBack, Topic);
        }

        var destination = To ?? letter.OriginalTopic;
        return string.IsNullOrEmpty(destination) || destination == Topic
            ? new(RedriveDecision.PutBackWithoutDestination, Topic)
            : new(RedriveDecision.Send, destination);
    }

    private bool IsMeant(DeadLetter letter) =>
        (OriginalTopic is null || OriginalTopic == letter.OriginalTopic)
        && (FailureType is null || IsOfType(letter.FailureType, FailureType))
        && (Where is null || Where(letter));

    private static bool IsOfType(string? type, string wanted) =>
        type is not null && (type == wanted || type.EndsWith("." + wanted, StringComparison.Ordinal));

    private static void Refuse(RedriveOptions options, bool isWrong, string what)
    {
        if (isWrong)
        {
            throw new ArgumentException($"{nameof(RedriveOptions)}.{what}.", nameof(options));
        }
    }
}

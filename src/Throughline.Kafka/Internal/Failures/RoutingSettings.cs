using System.Collections.Frozen;

namespace Throughline.Kafka.Internal.Failures;

/// <summary><see cref="FailureRouting"/>, checked and frozen.</summary>
internal sealed class RoutingSettings
{
    private readonly FrozenDictionary<string, TimeSpan> _delayByTopic;

    internal RoutingSettings(FailureRouting options)
    {
        RetryTopics = [.. options.RetryTopics];
        DeadLetterTopic = options.DeadLetterTopic;
        IsPermanent = options.IsPermanent;
        StackTraceBytesMax = options.StackTraceBytesMax;
        MessageBytesMax = options.MessageBytesMax;
        SendAttemptsMax = options.SendAttemptsMax;
        SendBackoff = options.SendBackoff;
        ThrowIfUnfit(options);

        // Of a topic that is given with several delays the longest: what is held there must not hold less than its own.
        _delayByTopic = RetryTopics
            .GroupBy(topic => topic.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Max(topic => topic.Delay), StringComparer.Ordinal);
    }

    internal IReadOnlyList<RetryTopic> RetryTopics { get; }

    internal string? DeadLetterTopic { get; }

    internal Func<Exception, bool>? IsPermanent { get; }

    internal int StackTraceBytesMax { get; }

    internal int MessageBytesMax { get; }

    internal int SendAttemptsMax { get; }

    internal TimeSpan SendBackoff { get; }

    internal bool IsRetryTopic(string topic) => _delayByTopic.ContainsKey(topic);

    /// <summary>The longest that a record can have to wait in this topic; zero where it is no retry topic.</summary>
    internal TimeSpan DelayMaxOf(string topic) => _delayByTopic.GetValueOrDefault(topic);

    private void ThrowIfUnfit(FailureRouting options)
    {
        Refuse(
            options,
            RetryTopics.Count == 0 && DeadLetterTopic is null,
            $"{nameof(FailureRouting.RetryTopics)} is empty and {nameof(FailureRouting.DeadLetterTopic)} null; allowed: one of them");
        Refuse(options, DeadLetterTopic is { Length: 0 }, $"{nameof(FailureRouting.DeadLetterTopic)} is empty; allowed: a topic's name, or null");
        foreach (var topic in RetryTopics)
        {
            Refuse(options, string.IsNullOrEmpty(topic?.Name), $"{nameof(FailureRouting.RetryTopics)} has one without a name");
            Refuse(
                options,
                topic!.Delay < TimeSpan.Zero,
                $"{nameof(FailureRouting.RetryTopics)}: the delay of {topic.Name} is {topic.Delay}; allowed: 0 or more");
            Refuse(
                options,
                topic.Name == DeadLetterTopic,
                $"{nameof(FailureRouting.RetryTopics)} has {topic.Name}, which is {nameof(FailureRouting.DeadLetterTopic)}; allowed: another topic");
        }

        Refuse(options, StackTraceBytesMax < 0, $"{nameof(FailureRouting.StackTraceBytesMax)} is {StackTraceBytesMax}; allowed: 0 or more");
        Refuse(options, MessageBytesMax < 0, $"{nameof(FailureRouting.MessageBytesMax)} is {MessageBytesMax}; allowed: 0 or more");
        Refuse(options, SendAttemptsMax < 1, $"{nameof(FailureRouting.SendAttemptsMax)} is {SendAttemptsMax}; allowed: 1 or more");
        Refuse(options, SendBackoff < TimeSpan.Zero, $"{nameof(FailureRouting.SendBackoff)} is {SendBackoff}; allowed: 0 or more");
    }

    private static void Refuse(FailureRouting options, bool isWrong, string what)
    {
        if (isWrong)
        {
            throw new ArgumentException($"{nameof(FailureRouting)}.{what}.", nameof(options));
        }
    }
}

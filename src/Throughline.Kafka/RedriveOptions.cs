namespace Throughline.Kafka;

/// <summary>Which dead letters are sent back, and how.</summary>
/// <param name="topic">The dead-letter topic.</param>
public sealed class RedriveOptions(string topic)
{
    /// <summary>The dead-letter topic.</summary>
    public string Topic { get; } = !string.IsNullOrEmpty(topic) ? topic : throw new ArgumentException("A topic's name is needed.", nameof(topic));

    /// <summary>
    /// Where letters go. <see langword="null"/> (default): where each failed first, into the same partition where that exists.
    /// </summary>
    public string? To { get; set; }

    /// <summary>Only letters that failed first in this topic; <see langword="null"/> (default): of any.</summary>
    public string? OriginalTopic { get; set; }

    /// <summary>
    /// Only letters whose last exception was of this type, with its namespace or without; <see langword="null"/> (default): of any.
    /// </summary>
    public string? FailureType { get; set; }

    /// <summary>Only letters for which this is true; <see langword="null"/> (default): all. What it throws ends the redrive.</summary>
    public Func<DeadLetter, bool>? Where { get; set; }

    /// <summary>Letters to send at most. Default: no bound but the topic's end when the redrive begins.</summary>
    public long LettersMax { get; set; } = long.MaxValue;

    /// <summary>Letters to send in a second at most, 0.1 or more; <see langword="null"/> (default): as fast as they are acknowledged.</summary>
    public double? RatePerSecondMax { get; set; }

    /// <summary>Only look: nothing is sent, put back or committed. Default: off.</summary>
    public bool DryRun { get; set; }

    /// <summary>
    /// The consumer group that remembers what was sent back. <see langword="null"/> (default):
    /// <c>throughline-redrive.{topic}</c>.
    /// </summary>
    public string? GroupId { get; set; }

    /// <summary>How long nothing may come from the brokers: no partitions, no letters, no end. Default: 30 s.</summary>
    public TimeSpan AssignmentTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Told of each letter, after what was decided was done. What it throws ends the redrive.</summary>
    public Action<DeadLetter, RedriveVerdict>? OnLetter { get; set; }

    /// <summary>What is told of the letters' spans; <see langword="null"/> for the defaults.</summary>
    public KafkaTracingOptions? Tracing { get; set; }
}

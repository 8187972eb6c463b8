namespace Throughline.Kafka;

/// <summary>
/// The headers of a record that was sent on because it could not be processed. Values are UTF-8 text; numbers that change
/// from round to round have a fixed width, so that a record's headers do not grow however often it is sent on.
/// </summary>
/// <remarks>Why these and not another library's: RATIONALE.md.</remarks>
public static class FailureHeaderNames
{
    /// <summary>
    /// The context of the record's first send, as a <c>traceparent</c>; set once, and kept when a record is redriven. Beside
    /// it <c>traceparent</c> is always the last send's.
    /// </summary>
    public const string Origin = "throughline-origin";

    /// <summary>The topic that the record failed in first; set once.</summary>
    public const string OriginalTopic = "throughline-original-topic";

    /// <summary>Its partition there; set once.</summary>
    public const string OriginalPartition = "throughline-original-partition";

    /// <summary>Its offset there; set once.</summary>
    public const string OriginalOffset = "throughline-original-offset";

    /// <summary>Its timestamp there, in milliseconds since the Unix epoch; set once, absent where it had none.</summary>
    public const string OriginalTimestamp = "throughline-original-timestamp";

    /// <summary>The consumer group that could not process it.</summary>
    public const string Group = "throughline-group";

    /// <summary>When it failed last, in milliseconds since the Unix epoch.</summary>
    public const string FailedAt = "throughline-failed-at";

    /// <summary>How often a handler was called for it so far, in ten digits.</summary>
    public const string Attempts = "throughline-attempts";

    /// <summary>How often it was sent to a retry topic so far, in ten digits.</summary>
    public const string Round = "throughline-round";

    /// <summary>In a retry topic: not to be processed before this time, in milliseconds since the Unix epoch.</summary>
    public const string NotBefore = "throughline-not-before";

    /// <summary>The type of the last exception, with its namespace.</summary>
    public const string FailureType = "throughline-failure-type";

    /// <summary>Its message, up to <see cref="FailureRouting.MessageBytesMax"/>.</summary>
    public const string FailureMessage = "throughline-failure-message";

    /// <summary>The exception with its causes and stack traces, up to <see cref="FailureRouting.StackTraceBytesMax"/>.</summary>
    public const string FailureStackTrace = "throughline-failure-stack";

    /// <summary>
    /// Which of these headers were left out because the record would have been too large with them: <c>stack</c>,
    /// <c>details</c> for all but the origin, the original place and the counts, or <c>all</c>.
    /// </summary>
    public const string Trimmed = "throughline-failure-trimmed";

    internal const string Prefix = "throughline-";

    private static readonly HashSet<string> Failures = new(StringComparer.Ordinal)
    {
        OriginalTopic, OriginalPartition, OriginalOffset, OriginalTimestamp, Group, FailedAt, Attempts, Round, NotBefore,
        FailureType, FailureMessage, FailureStackTrace, Trimmed,
    };

    /// <summary>Whether a header of this name tells of a failure: all of the above but <see cref="Origin"/>, which a record keeps.</summary>
    /// <param name="name">A header's name.</param>
    public static bool TellsFailure(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Prefix, StringComparison.Ordinal) && Failures.Contains(name);
    }
}

namespace Throughline.Kafka;

/// <summary>How the attempts at one record are told of.</summary>
public enum AttemptTelling
{
    /// <summary>An event <c>throughline.attempt.failed</c> on the process span for each attempt that failed and was repeated.</summary>
    Events,

    /// <summary>A span <c>attempt {topic}</c> under the process span for each attempt, the first included; current while the handler runs.</summary>
    ChildSpans,
}

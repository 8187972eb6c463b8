namespace Throughline.Kafka;

/// <summary>How a processing loop handles records. Read once, when the loop begins.</summary>
public sealed class ProcessingOptions
{
    /// <summary>Records (or batches) handled at a time, 1 to 10,000. Default: 1, one after the other.</summary>
    public int Workers { get; set; } = 1;

    /// <summary>Which records wait for each other where there are several <see cref="Workers"/>. Default: those of a partition.</summary>
    public ProcessingOrder Order { get; set; }

    /// <summary>
    /// Records taken from the client and not committable yet, at most: waiting, being handled, or done while an earlier one
    /// of their partition is not. It bounds memory, and what can come again after a crash. At it, partitions are paused.
    /// At least <see cref="Workers"/>, at most 1,000,000. Default: 1,000.
    /// </summary>
    public int InFlightMax { get; set; } = 1000;

    /// <summary>
    /// How long handlers may go on when the loop is stopped, or their partition is given to another consumer, before their
    /// token is cancelled: their records are committed if they finish. Records that no handler has begun are dropped, and come
    /// again. Zero cancels at once; at most an hour, and below the client's <c>max.poll.interval.ms</c>. Default: 10 s.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often offsets are committed where the client does not (<c>enable.auto.commit=false</c>), 10 ms to an hour. Default:
    /// 5 s, as the client's own <c>auto.commit.interval.ms</c>.
    /// </summary>
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Attempts at a record before its failure counts; <see langword="null"/> (default) for one.</summary>
    public RetryOptions? Retry { get; set; }

    /// <summary>
    /// Where records go that cannot be processed, or not be deserialized; <see langword="null"/> (default): such a record ends the
    /// loop. It needs a consumer that was built by <see cref="TracingConsumerBuilder{TKey,TValue}.BuildForProcessing"/>.
    /// </summary>
    public FailureRouting? Failures { get; set; }
}

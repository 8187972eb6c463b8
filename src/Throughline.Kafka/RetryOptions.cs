namespace Throughline.Kafka;

/// <summary>
/// Attempts at a record where it is, one after the other, before its failure counts. The record's worker waits meanwhile.
/// Read once, when processing starts.
/// </summary>
public sealed class RetryOptions
{
    /// <summary>Attempts in all, the first included; 1 or more. Default: 3.</summary>
    public int AttemptsMax { get; set; } = 3;

    /// <summary>The pause after the first failed attempt. Default: 100 ms.</summary>
    public TimeSpan BackoffInitial { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>By how much each pause is longer than the one before; 1 or more. Default: 2.</summary>
    public double BackoffFactor { get; set; } = 2;

    /// <summary>The longest pause. Default: 5 s.</summary>
    public TimeSpan BackoffMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The share of a pause by which it is shortened at random, 0 to 1, so that many consumers do not come back at once.
    /// Default: 0.2.
    /// </summary>
    public double BackoffJitter { get; set; } = 0.2;

    /// <summary>The seed of that randomness, for runs that are to repeat; <see langword="null"/> (default) for another one each time.</summary>
    public int? JitterSeed { get; set; }

    /// <summary>
    /// Whether another attempt may help after this exception; <see langword="null"/> (default): after any. One that throws is
    /// contained and counted, and the attempt repeated.
    /// </summary>
    public Func<Exception, bool>? ShouldRetry { get; set; }

    /// <summary>How attempts are told of. Default: <see cref="AttemptTelling.Events"/>.</summary>
    public AttemptTelling Telling { get; set; }
}

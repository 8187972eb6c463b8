namespace Throughline.Kafka;

/// <summary>How a transactional loop puts records into transactions. Read once, when the loop begins.</summary>
public sealed class TransactionOptions
{
    /// <summary>Records in one transaction at most, 1 to 100,000. Default: 500.</summary>
    public int RecordsMax { get; set; } = 500;

    /// <summary>
    /// How long a transaction takes records in, from its first one; the record in hand is finished. 1 ms to an hour, and below
    /// the producer's <c>transaction.timeout.ms</c>. Default: 100 ms, as <c>commit.interval.ms</c> of Kafka Streams.
    /// </summary>
    public TimeSpan OpenTimeMax { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How often a record is tried whose handler fails, or a commit that is refused, the first time included, 1 to 1,000; then
    /// the loop ends with the last failure. Aborts because of a rebalance do not count. Default: 5.
    /// </summary>
    public int AttemptsMax { get; set; } = 5;

    /// <summary>
    /// The wait before the second attempt; it doubles for each further one, up to 5 s. After an abort because of a rebalance
    /// it is waited once. Zero to 5 s. Default: 100 ms.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long each step of a transaction (init, offsets, commit, abort) may take, with its repetitions where the client says
    /// that it may be repeated. 1 s to an hour. Default: 1 min.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(1);
}

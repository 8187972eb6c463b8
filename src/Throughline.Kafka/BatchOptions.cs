namespace Throughline.Kafka;

/// <summary>What a batch is. Read once, when the loop begins.</summary>
public sealed class BatchOptions
{
    /// <summary>Records in a batch at most, 1 to <see cref="ProcessingOptions.InFlightMax"/>. Default: 100.</summary>
    public int SizeMax { get; set; } = 100;

    /// <summary>
    /// How long a record waits at most for others to fill its batch, while a worker is free; zero: not at all. At most a minute.
    /// Default: 100 ms.
    /// </summary>
    public TimeSpan WaitMax { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How it is told. Default: one span with links.</summary>
    public BatchSpans Spans { get; set; }
}

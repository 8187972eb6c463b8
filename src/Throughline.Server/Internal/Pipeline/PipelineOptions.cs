namespace Throughline.Server.Internal.Pipeline;

/// <summary>Times and bounds of the pipeline.</summary>
internal sealed record PipelineOptions
{
    /// <summary>Bytes of requests on disk that wait for the pipeline at most; over it, receivers answer "later".</summary>
    public long BacklogMax { get; init; } = 64L << 20;

    /// <summary>How often traces are looked at for having been quiet long enough.</summary>
    public TimeSpan SettleEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a restart's work is shortened by a checkpoint.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long spans may wait in a block of the store that is not full.</summary>
    public TimeSpan BlockAgeMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the store is looked at for what is too old, or too much.</summary>
    public TimeSpan RetainEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait before a store that was full is tried again.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(1);
}

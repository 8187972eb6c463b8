namespace Throughline.Benchmarks.Processing;

/// <summary>What was received, and who listens.</summary>
public enum Received
{
    /// <summary>Nobody listens, and the record has no context.</summary>
    UnlistenedWithoutContext,

    /// <summary>Nobody listens; the record's context is kept current, so that what the handler sends stays in the trace.</summary>
    UnlistenedWithContext,

    /// <summary>A listener; the record's trace is not sampled.</summary>
    Unsampled,

    /// <summary>A listener; the record's trace is sampled.</summary>
    Sampled,

    /// <summary>As <see cref="Sampled"/>, with baggage to restore, which by hand nobody does.</summary>
    SampledWithBaggage,
}

namespace Throughline.Benchmarks.Listening;

/// <summary>Who listens, what is ambient, and what the sampler says.</summary>
public enum Situation
{
    /// <summary>Nobody listens and nothing is ambient.</summary>
    Unlistened,

    /// <summary>Nobody listens; an activity is current.</summary>
    UnlistenedInSpan,

    /// <summary>A listener, inside an unsampled local span: no span is made.</summary>
    UnsampledChild,

    /// <summary>A listener that does not sample the new trace: a span is made for its context only.</summary>
    UnsampledRoot,

    /// <summary>A listener, inside a sampled span.</summary>
    SampledChild,

    /// <summary>A listener that samples the new trace.</summary>
    SampledRoot,

    /// <summary>As <see cref="SampledChild"/>, with every metric collected.</summary>
    SampledChildAndMetrics,

    /// <summary>As <see cref="SampledChild"/>, with the OpenTelemetry SDK as the listener.</summary>
    SampledChildOfSdk,
}

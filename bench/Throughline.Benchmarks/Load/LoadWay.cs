namespace Throughline.Benchmarks.Load;

/// <summary>How records are consumed.</summary>
internal enum LoadWay
{
    /// <summary>The bare client: consume, handle, store the offset.</summary>
    Bare,

    /// <summary>The same, and each record has a header of a traceparent's size that nobody reads: what a header costs the client and the broker.</summary>
    BareWithHeader,

    /// <summary>The same loop with a scope around the handler.</summary>
    Scope,

    /// <summary>The processing loop.</summary>
    ProcessAsync,
}

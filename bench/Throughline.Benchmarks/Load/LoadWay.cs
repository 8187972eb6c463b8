namespace Throughline.Benchmarks.Load;

/// <summary>How records are consumed.</summary>
internal enum LoadWay
{
    /// <summary>The bare client: consume, handle, store the offset.</summary>
    Bare,

    /// <summary>The same loop with a scope around the handler.</summary>
    Scope,

    /// <summary>The processing loop.</summary>
    ProcessAsync,
}

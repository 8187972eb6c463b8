namespace Throughline.Benchmarks.Reporting;

/// <summary>What a budget counts.</summary>
internal enum Unit
{
    /// <summary>Nanoseconds, the median.</summary>
    Time,

    /// <summary>Allocated bytes.</summary>
    Bytes,
}

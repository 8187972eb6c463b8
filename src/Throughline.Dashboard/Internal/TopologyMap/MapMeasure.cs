namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>What the edges show.</summary>
internal enum MapMeasure
{
    /// <summary>Records, or calls, by second.</summary>
    Rate = 0,

    /// <summary>From records' timestamps to where processing begins.</summary>
    Lag,

    /// <summary>How long sends, processings and calls take.</summary>
    Latency,

    /// <summary>Which share of them failed.</summary>
    Errors,
}

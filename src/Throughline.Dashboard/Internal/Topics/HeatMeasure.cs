namespace Throughline.Dashboard.Internal.Topics;

/// <summary>What a heatmap shows of partitions.</summary>
internal enum HeatMeasure
{
    /// <summary>The 95th percentile of lag in time, of the group that waits longest.</summary>
    Wait = 0,

    /// <summary>Records sent by second.</summary>
    Rate,

    /// <summary>Processings that failed.</summary>
    Errors,
}

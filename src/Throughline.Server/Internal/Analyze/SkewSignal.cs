namespace Throughline.Server.Internal.Analyze;

/// <summary>What is uneven.</summary>
internal enum SkewSignal
{
    /// <summary>Records sent to a partition.</summary>
    Rate = 0,

    /// <summary>The 95th percentile of the lag in time.</summary>
    LagTime,

    /// <summary>The mean lag in records.</summary>
    LagRecords,

    /// <summary>The 95th percentile of processing.</summary>
    Processing,

    /// <summary>One key's share of a topic.</summary>
    Key,
}

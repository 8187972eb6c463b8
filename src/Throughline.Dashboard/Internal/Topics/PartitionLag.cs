using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.Topics;

/// <summary>How far a group is behind in one partition, now.</summary>
/// <param name="Partition">-1 where spans do not tell it.</param>
/// <param name="Records">Offsets between where the group is and the end; null where nobody told. Below zero as it was told.</param>
/// <param name="Source">Who told.</param>
/// <param name="Position">Where the group is, and the end, in offsets; null where no broker is asked.</param>
/// <param name="Flag">Why the number is not simply end less commit; null where it is.</param>
/// <param name="Wait">Of records processed in the time shown, nanoseconds.</param>
/// <param name="Trend">Lag in records over time.</param>
/// <param name="CatchUp">When it will have caught up.</param>
internal sealed record PartitionLag(
    int Partition,
    double? Records,
    LagSource Source,
    (long Committed, long End)? Position,
    string? Flag,
    Distribution? Wait,
    double?[] Trend,
    CatchUp CatchUp);

namespace Throughline.Server.Internal.Analyze;

/// <summary>A partition, or a key, that stands out.</summary>
/// <param name="Group">Empty for what is of the topic.</param>
/// <param name="Partition">-1 for a key.</param>
/// <param name="Key">Null for a partition.</param>
/// <param name="Value">Its records, nanoseconds or share.</param>
/// <param name="Typical">What it was compared with.</param>
/// <param name="Ratio">One to the other.</param>
/// <param name="Score">The statistic's value; what it is, and from which on it counts, <paramref name="Rule"/> says.</param>
/// <param name="Rule">The statistic, the threshold, and what had to be there, in one sentence.</param>
/// <param name="Seen">Of how many records or spans this is.</param>
internal sealed record SkewRow(
    string Cluster,
    string Topic,
    string Group,
    SkewSignal Signal,
    int Partition,
    string? Key,
    double Value,
    double Typical,
    double Ratio,
    double? Score,
    string Rule,
    double Seen);

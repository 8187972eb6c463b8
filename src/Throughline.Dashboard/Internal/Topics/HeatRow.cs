namespace Throughline.Dashboard.Internal.Topics;

/// <summary>One partition of a heatmap.</summary>
/// <param name="Partition">-1 where spans do not tell it.</param>
/// <param name="Values">One for each point; null where nobody told.</param>
internal sealed record HeatRow(int Partition, double?[] Values)
{
    public string Name => Partition >= 0 ? $"{Partition}" : "not told";
}

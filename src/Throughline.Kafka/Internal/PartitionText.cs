namespace Throughline.Kafka.Internal;

/// <summary>Partition numbers as text: the conventions want a string, and a string a record is too many.</summary>
internal static class PartitionText
{
    private static readonly string[] Kept = [.. Enumerable.Range(0, 256).Select(number => number.ToString())];

    internal static string Of(int partition) => (uint)partition < (uint)Kept.Length ? Kept[partition] : partition.ToString();
}

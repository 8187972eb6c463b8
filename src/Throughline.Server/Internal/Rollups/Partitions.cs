using System.Globalization;

namespace Throughline.Server.Internal.Rollups;

/// <summary>Partitions as details of series: one text each, made once.</summary>
internal static class Partitions
{
    private const int NamesMax = 1024;

    private static readonly string[] Names =
        [.. Enumerable.Range(-1, NamesMax + 1).Select(static number => number.ToString(CultureInfo.InvariantCulture))];

    /// <summary>-1 stands for one that nobody told.</summary>
    public static string NameOf(int partition) => partition is >= -1 and < NamesMax
        ? Names[partition + 1]
        : partition.ToString(CultureInfo.InvariantCulture);

    /// <summary>-1 for what is none, <see cref="Series.Other"/> among it.</summary>
    public static int Parse(string name) =>
        int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var partition) ? partition : -1;
}

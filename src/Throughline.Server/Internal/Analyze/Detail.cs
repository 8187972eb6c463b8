using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Details of series that have several parts.</summary>
internal static class Detail
{
    public static string Of(string first, string second) => $"{first}{Series.Separator}{second}";

    public static string Of(string first, string second, string third) =>
        $"{first}{Series.Separator}{second}{Series.Separator}{third}";

    public static string Of(string first, string second, string third, string fourth) =>
        $"{first}{Series.Separator}{second}{Series.Separator}{third}{Series.Separator}{fourth}";

    /// <summary>The parts, of which there are that many; what <see cref="Series.Other"/> has none of is called that, too.</summary>
    public static string[] Parts(string detail, int count)
    {
        var parts = detail.Split(Series.Separator);
        return parts.Length == count ? parts : [.. Enumerable.Repeat(Series.Other, count)];
    }
}

using Throughline.Dashboard.Internal.Shell;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>What the address asks for of the map.</summary>
/// <param name="Query">Part of a name; null for all.</param>
/// <param name="Selected">A node's id, or null.</param>
/// <param name="Hops">How far from the selected node the map reaches; 0 for all of it.</param>
/// <param name="ByPrefix">Nodes whose names begin alike are one.</param>
/// <param name="FoldTopics">Topics that only one service uses are counted at it.</param>
/// <param name="Box">The part of the picture that is seen; null for all.</param>
internal sealed record MapView(
    MapMeasure Measure, string? Query, string? Selected, int Hops, bool ByPrefix, bool FoldTopics, bool IsTable, MapWindow? Box)
{
    public const int HopsMax = 5;

    public static IReadOnlyList<string> Measures { get; } = ["rate", "lag", "latency", "errors"];

    public static MapView Read(PageRequest request) => new(
        Enum.Parse<MapMeasure>(request.Word("show", Measures), ignoreCase: true),
        request.Text("q")?.Trim() is { Length: > 0 } query ? query : null,
        request.Text("node"),
        (int)request.Integer("hops", 0, 0, HopsMax),
        request.Word("by", "name", "prefix") == "prefix",
        request.Word("topics", "all", "shared") == "shared",
        request.Word("view", "map", "table") == "table",
        MapWindow.Read(request.Text("box")));
}

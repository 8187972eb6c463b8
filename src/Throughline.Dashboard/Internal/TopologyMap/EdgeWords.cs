using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>What an edge is, in words.</summary>
internal static class EdgeWords
{
    public static string Of(MapEdge edge) => edge.GroupText is { } group
        ? $"{NameOf(edge.From)} {Verb(edge.Kind)} {NameOf(edge.To)} ({group})"
        : $"{NameOf(edge.From)} {Verb(edge.Kind)} {NameOf(edge.To)}";

    public static string Verb(TopologyEdgeKind kind) => kind switch
    {
        TopologyEdgeKind.Produce => "sends to",
        TopologyEdgeKind.Consume => "is read by",
        _ => "calls",
    };

    /// <summary>The name in a node's id.</summary>
    public static string NameOf(string id)
    {
        var name = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var end = id.StartsWith("service:", StringComparison.Ordinal) ? -1 : name.LastIndexOf('@');
        return end >= 0 ? name[..end] : name;
    }
}

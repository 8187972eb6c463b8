using Throughline.Server.Internal.Analyze;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>A service, a topic, or several of either as one.</summary>
/// <param name="Id">As the address has it.</param>
/// <param name="Name">Of the service or topic; of several, what their names begin with.</param>
/// <param name="Cluster">Of topics; null or empty where nobody told.</param>
/// <param name="Entry">Of services: the spans in which they begin their part; of several, the slowest's.</param>
/// <param name="Errors">Of services: spans that failed; weighted.</param>
/// <param name="Members">Names of those that it stands for; empty for one.</param>
/// <param name="Folded">Topics that only it uses, and that are not shown for themselves.</param>
internal sealed record MapNode(
    string Id, string Name, bool IsTopic, string? Cluster, Distribution? Entry, double Errors, IReadOnlyList<string> Members, int Folded)
{
    public bool IsMany => Members.Count > 0;

    public static string ServiceId(string name) => $"service:{name}";

    public static string TopicId(string name, string? cluster) => $"topic:{name}@{cluster}";

    public string Kind => (IsTopic, IsMany) switch
    {
        (false, false) => "service",
        (true, false) => "topic",
        (false, true) => "services",
        (true, true) => "topics",
    };
}

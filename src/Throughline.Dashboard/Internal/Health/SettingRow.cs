using Throughline.Server;

namespace Throughline.Dashboard.Internal.Health;

/// <summary>A setting as the page shows it. A secret's value is in none of these.</summary>
/// <param name="Flag">With its dashes.</param>
/// <param name="Value">As it would be written; <c>set</c> or empty for a secret.</param>
/// <param name="Origin">Where the value came from, in words.</param>
/// <param name="Description">What it is, and what happens at it.</param>
internal sealed record SettingRow(string Flag, string Variable, string Value, string Default, string Origin, string Description)
{
    public bool IsChanged => Origin != ByDefault;

    private const string ByDefault = "default";

    public static IReadOnlyList<SettingRow> All(ThroughlineServerOptions options) =>
    [
        .. ServerSettings.All.Select(setting =>
        {
            var value = ValueOf(setting, options);
            return new SettingRow(
                $"--{setting.Name}",
                setting.Variable,
                value,
                setting.IsSecret ? "" : setting.Default,
                OriginOf(setting, options, value),
                setting.Description);
        }),
    ];

    private static string ValueOf(ServerSetting setting, ThroughlineServerOptions options) => setting switch
    {
        { IsSecret: true } => setting.Show(options).Length > 0 ? "set" : "",
        { Name: "bootstrap-servers" } => string.Join(", ", options.Clusters.Select(Cluster)),
        _ => setting.Show(options),
    };

    /// <summary>Where it is, and nothing of how to get in.</summary>
    private static string Cluster(KeyValuePair<string, IDictionary<string, string>> cluster) =>
        $"{cluster.Key}: {cluster.Value["bootstrap.servers"]}";

    private static string OriginOf(ServerSetting setting, ThroughlineServerOptions options, string value) =>
        options.Origins.GetValueOrDefault(setting.Name)
        ?? (setting.Name == "bootstrap-servers" && options.Origins.TryGetValue(ServerSettings.ClustersKey, out var clusters) ? clusters
            : value.Length == 0 || value == setting.Default ? ByDefault
            : "its program");
}

using Throughline.Dashboard.Internal.Health;
using Throughline.Dashboard.Internal.Orphans;
using Throughline.Dashboard.Internal.Overview;
using Throughline.Dashboard.Internal.Sampling;
using Throughline.Dashboard.Internal.Search;
using Throughline.Dashboard.Internal.TopologyMap;

namespace Throughline.Dashboard.Internal.Shell;

/// <summary>The one table of screens: what is mapped, and what the navigation shows, in its order.</summary>
internal static class Screens
{
    public static IReadOnlyList<ScreenRoute> All { get; } =
    [
        new("/", typeof(OverviewScreen), "Overview") { Navigation = "Overview", Style = "overview.css" },
        new("/topology", typeof(TopologyScreen), "Topology") { Navigation = "Topology", Style = "topology.css", Script = "topology.js" },
        new("/search", typeof(SearchScreen), "Search") { Navigation = "Search", Style = "search.css", Script = "search.js" },
        new("/orphans", typeof(OrphanScreen), "Orphans") { Navigation = "Orphans", Style = "orphans.css" },
        new("/sampling", typeof(SamplingScreen), "Sampling") { Navigation = "Sampling", Style = "sampling.css" },
        new("/settings", typeof(SettingsScreen), "Settings and health") { Navigation = "Settings", Style = "settings.css", HasRange = false },
    ];
}

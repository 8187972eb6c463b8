using Throughline.Dashboard.Internal.Health;
using Throughline.Dashboard.Internal.Journeys;
using Throughline.Dashboard.Internal.Latency;
using Throughline.Dashboard.Internal.Ledger;
using Throughline.Dashboard.Internal.Orphans;
using Throughline.Dashboard.Internal.Overview;
using Throughline.Dashboard.Internal.Sampling;
using Throughline.Dashboard.Internal.Search;
using Throughline.Dashboard.Internal.Topics;
using Throughline.Dashboard.Internal.TopologyMap;

namespace Throughline.Dashboard.Internal.Shell;

/// <summary>The one table of screens: what is mapped, and what the navigation shows, in its order.</summary>
internal static class Screens
{
    public static IReadOnlyList<ScreenRoute> All { get; } =
    [
        new("/", typeof(OverviewScreen), "Overview") { Navigation = "Overview", Style = "records.css", Script = "overview.js" },
        new("/topology", typeof(TopologyScreen), "Topology") { Navigation = "Topology", Style = "topology.css", Script = "topology.js" },
        new("/search", typeof(SearchScreen), "Search") { Navigation = "Search", Style = "search.css", Script = "search.js" },
        new("/journeys/{traceId}", typeof(JourneyScreen), "Journey") { Under = "Search", Style = "journey.css", Script = "journey.js", HasRange = false },
        new("/journeys/{traceId}/spans/{spanId}", typeof(SpanScreen), "Span") { Under = "Search", Style = "journey.css", IsLive = false, HasRange = false },
        new("/records/{topic}/{partition}/{offset}", typeof(RecordScreen), "Record") { Under = "Search", IsLive = false, HasRange = false },
        new("/topics", typeof(TopicsScreen), "Topics") { Navigation = "Topics", Style = "records.css" },
        new("/topics/{topic}", typeof(TopicScreen), "Topic") { Under = "Topics", Style = "records.css", Script = "topic.js" },
        new("/ledger", typeof(LedgerScreen), "Ledger") { Navigation = "Ledger", Style = "records.css" },
        new("/ledger/records", typeof(LedgerRecordsScreen), "Records of the ledger") { Under = "Ledger", Style = "records.css" },
        new("/orphans", typeof(OrphanScreen), "Orphans") { Navigation = "Orphans", Style = "orphans.css" },
        new("/latency", typeof(LatencyScreen), "Latency") { Navigation = "Latency", Style = "latency.css" },
        new("/sampling", typeof(SamplingScreen), "Sampling") { Navigation = "Sampling", Style = "sampling.css" },
        new("/settings", typeof(SettingsScreen), "Settings and health") { Navigation = "Settings", Style = "settings.css", HasRange = false },
    ];
}

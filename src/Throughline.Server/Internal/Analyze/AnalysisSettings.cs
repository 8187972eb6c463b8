using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>The bounds of the analyses. What is beyond one is dropped and counted.</summary>
internal sealed record AnalysisSettings
{
    public RollupSettings Rollups { get; init; } = RollupSettings.Default;

    /// <summary>How many of the latest records each cell of the ledger, and each kind of orphan, can show.</summary>
    public int ExamplesMax { get; init; } = 10;

    /// <summary>Cells, and kinds of orphans, that have examples; the one that was quiet for longest makes room.</summary>
    public int ExampleListsMax { get; init; } = 5_000;

    /// <summary>Series of cumulative metrics whose last value is known.</summary>
    public int MetricSeriesMax { get; init; } = 100_000;

    /// <summary>Keys that are counted at a time, of each topic.</summary>
    public int HotKeysMax { get; init; } = 200;

    /// <summary>Topics whose keys are counted.</summary>
    public int HotKeyTopicsMax { get; init; } = 500;

    /// <summary>Groups and minutes of which the slowest hop is known; the oldest make room.</summary>
    public int SlowHopsMax { get; init; } = 20_000;

    /// <summary>How long keys are counted; answers are of the last two such times.</summary>
    public TimeSpan HotKeyWindow { get; init; } = TimeSpan.FromMinutes(30);
}

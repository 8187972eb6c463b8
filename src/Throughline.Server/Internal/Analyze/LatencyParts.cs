using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>The parts of one row of latencies: there may be very many rows, of which few are shown.</summary>
internal sealed class LatencyParts
{
    private readonly RollupValue?[] _values = new RollupValue?[(int)Measure.Skewed + 1];

    public static IReadOnlySet<Measure> Measures { get; } = new HashSet<Measure>
    {
        Measure.EndToEnd, Measure.Lag, Measure.Produce, Measure.InTopic, Measure.InClient, Measure.Processing, Measure.Skewed,
    };

    public void Put(Measure measure, RollupValue value) => _values[(int)measure] = value;

    public RollupValue? Find(Measure measure) => _values[(int)measure];
}

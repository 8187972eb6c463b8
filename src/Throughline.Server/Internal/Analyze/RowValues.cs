using System.Runtime.InteropServices;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>The values of one row of an answer, by measure: there may be very many rows, of which few are shown.</summary>
internal sealed class RowValues(RollupName name, int pointMinute, int measures)
{
    private readonly RollupValue?[] _values = new RollupValue?[measures];

    public RollupName Name => name;

    public int PointMinute => pointMinute;

    public RollupValue? Find(Measure measure) => _values[(int)measure];

    /// <summary>Results by name and point, in the order in which these came.</summary>
    public static IReadOnlyCollection<RowValues> Of(IEnumerable<RollupResult> results, IReadOnlySet<Measure> measures)
    {
        var rows = new Dictionary<(RollupName Name, int Point), RowValues>();
        var size = 1 + (int)measures.Max();
        foreach (var result in results)
        {
            ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, (result.Name, result.PointMinute), out _);
            row ??= new RowValues(result.Name, result.PointMinute, size);
            row._values[(int)result.Measure] = result.Value;
        }

        return rows.Values;
    }
}

using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>The values of one topic, group or other thing over a time, by measure and detail.</summary>
internal sealed class SeriesValues
{
    private readonly Dictionary<Measure, Dictionary<string, RollupValue>> _values = [];

    public void Add(Measure measure, string detail, RollupValue value)
    {
        if (!_values.TryGetValue(measure, out var details))
        {
            _values.Add(measure, details = new(StringComparer.Ordinal));
        }

        // Results are added up already: each comes once, and is nobody else's.
        details.Add(detail, value);
    }

    public bool Has(Measure measure) => _values.ContainsKey(measure);

    public double Count(Measure measure) => Of(measure).Values.Sum(static value => value.Count);

    public double Count(Measure measure, string detail) => Of(measure).GetValueOrDefault(detail)?.Count ?? 0;

    public IReadOnlyDictionary<string, RollupValue> Of(Measure measure) => _values.GetValueOrDefault(measure) ?? [];

    public RollupValue? Find(Measure measure, string detail) => Of(measure).GetValueOrDefault(detail);

    /// <summary>All details as one; null where there is none.</summary>
    public RollupValue? Sum(Measure measure)
    {
        if (!_values.TryGetValue(measure, out var details))
        {
            return null;
        }

        var sum = new RollupValue();
        foreach (var value in details.Values)
        {
            sum.Add(value);
        }

        return sum;
    }
}

using System.Runtime.InteropServices;

namespace Throughline.Server.Internal.Rollups;

/// <summary>Adds up blocks into what a question asks for. What a series is counted as is found out once, not for each block.</summary>
internal sealed class RollupResults(Catalog catalog, RollupQuery query)
{
    private const int FewPoints = 4;

    private static readonly RollupValue Unwanted = new();

    private readonly bool _hasFewPoints =
        query.PointMinutes == 0 || (query.ToMinute - query.FromMinute) / query.PointMinutes <= FewPoints;

    private readonly Dictionary<(RollupName Name, Measure Measure, int Point), RollupResult> _results = [];
    // By series, which are numbered without large gaps: of one point, or of a few. Of many there are few series.
    private readonly Dictionary<(int Series, int Point), RollupValue> _targetsOverTime = [];
    private readonly Dictionary<int, RollupValue?[]> _targetsByPoint = [];

    public IReadOnlyCollection<RollupResult> All => _results.Values;

    public void Add(int bucket, ReadOnlySpan<byte> block)
    {
        var point = PointOf(bucket);
        var reader = new RollupBlockReader(block);
        while (reader.Next(out var series))
        {
            if (Target(series, point) is not { } target)
            {
                continue;
            }

            if (query.IsOfCounts)
            {
                reader.AddCountTo(target);
            }
            else
            {
                reader.AddTo(target);
            }
        }
    }

    public void Add(int minute, RollupBlock block)
    {
        var point = PointOf(minute);
        foreach (var (series, value) in block.Values)
        {
            if (Target(series, point) is not { } target)
            {
                continue;
            }

            if (query.IsOfCounts)
            {
                target.Counted(value.Count);
            }
            else
            {
                target.Add(value);
            }
        }
    }

    private int PointOf(int bucket) => query.PointMinutes > 0 ? bucket - (bucket % query.PointMinutes) : query.FromMinute;

    /// <summary>Null for a series that nobody asks for, and one that was forgotten to make room: it has no name any more.</summary>
    private RollupValue? Target(int id, int point)
    {
        var target = _hasFewPoints ? OfFewPoints(id, point) : OfManyPoints(id, point);
        return ReferenceEquals(target, Unwanted) ? null : target;
    }

    private RollupValue OfFewPoints(int id, int point)
    {
        ref var targets = ref CollectionsMarshal.GetValueRefOrAddDefault(_targetsByPoint, point, out _);
        if (targets is null || id >= targets.Length)
        {
            Array.Resize(ref targets, Math.Max(id + 1, 2 * (targets?.Length ?? 0)));
        }

        return targets[id] ??= Find(id, point);
    }

    private RollupValue OfManyPoints(int id, int point)
    {
        if (!_targetsOverTime.TryGetValue((id, point), out var target))
        {
            _targetsOverTime.Add((id, point), target = Find(id, point));
        }

        return target;
    }

    private RollupValue Find(int id, int point) =>
        catalog.SeriesOf(id) is { } series && query.Measures.Contains(series.Measure)
            ? Result(query.NameOf?.Invoke(series) ?? new RollupName(series.Family.Key, series.Detail), series.Measure, point)
            : Unwanted;

    private RollupValue Result(RollupName name, Measure measure, int point)
    {
        if (query.Only?.Contains((name, point)) == false)
        {
            return Unwanted;
        }

        if (!_results.TryGetValue((name, measure, point), out var result))
        {
            _results.Add((name, measure, point), result = new RollupResult(name, measure, point, new RollupValue()));
        }

        return result.Value;
    }
}

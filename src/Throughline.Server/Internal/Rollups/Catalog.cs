using System.Collections.Concurrent;

namespace Throughline.Server.Internal.Rollups;

/// <summary>
/// Which series there are. The pipeline's thread adds to it; any thread reads what an id stands for.
/// </summary>
internal sealed class Catalog(RollupSettings settings)
{
    private readonly Dictionary<FamilyKey, Family> _byKey = [];
    private readonly ConcurrentDictionary<int, Family> _families = new();
    private readonly ConcurrentDictionary<int, Series> _series = new();
    private int _familyLast;
    private int _seriesLast;
    private int _count;
    private int _freedMinute;

    /// <summary>Series, without the <c>other</c> ones.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Values that were counted under <c>other</c> since the start.</summary>
    public long Others { get; private set; }

    /// <summary>Without a lock: its <c>Values</c> would stop the pipeline's thread.</summary>
    public IEnumerable<Family> Families => _families.Select(static pair => pair.Value);

    public Family? FamilyOf(int id) => _families.GetValueOrDefault(id);

    public Series? SeriesOf(int id) => _series.GetValueOrDefault(id);

    /// <summary>Not on disk yet, and not there any more.</summary>
    public CatalogChanges Changes { get; } = new();

    /// <summary>The family of that key; the kind's <c>other</c> when there are too many series.</summary>
    public Family Family(FamilyKey key, int nowMinute)
    {
        if (!_byKey.TryGetValue(key, out var family))
        {
            family = HasRoom(nowMinute) ? NewFamily(key) : OtherFamily(key.Kind);
        }

        family.SeenMinute = nowMinute;
        return family;
    }

    /// <summary>The series in it; the measure's <c>other</c> when there are too many.</summary>
    public Series Series(Family family, Measure measure, string detail)
    {
        if (family.Find(measure, detail) is { } known)
        {
            return known;
        }

        if (detail == Rollups.Series.Other)
        {
            return NewSeries(family, measure, detail);
        }

        if (family.Count < settings.FamilySeriesMax && HasRoom(family.SeenMinute))
        {
            Interlocked.Increment(ref _count);
            return NewSeries(family, measure, detail);
        }

        Others++;
        return Series(family, measure, Rollups.Series.Other);
    }

    /// <summary>Takes over what a store has.</summary>
    public void Restore(IEnumerable<Family> families, IEnumerable<Series> series, int familyLast, int seriesLast)
    {
        foreach (var family in families)
        {
            _byKey.Add(family.Key, family);
            _families[family.Id] = family;
        }

        foreach (var one in series)
        {
            one.Family.Add(one);
            _series[one.Id] = one;
            _count += one.Detail == Rollups.Series.Other ? 0 : 1;
        }

        _familyLast = familyLast;
        _seriesLast = seriesLast;
    }

    private bool HasRoom(int nowMinute)
    {
        if (_count < settings.SeriesMax)
        {
            return true;
        }

        // Once a minute at most: looking through all of them for each span would be what a flood of names costs.
        if (_freedMinute != nowMinute)
        {
            _freedMinute = nowMinute;
            Free(nowMinute - (int)settings.MinutesKept.TotalMinutes);
        }

        return _count < settings.SeriesMax;
    }

    /// <summary>Forgets what nobody has counted on for as long as minutes are kept.</summary>
    private void Free(int seenMin)
    {
        foreach (var family in _byKey.Values.Where(family => family.SeenMinute < seenMin).ToList())
        {
            _byKey.Remove(family.Key);
            _families.TryRemove(family.Id, out _);
            foreach (var series in family.Series)
            {
                _series.TryRemove(series.Id, out _);
                _count -= series.Detail == Rollups.Series.Other ? 0 : 1;
            }

            Changes.Forgotten(family);
        }
    }

    private Family OtherFamily(FamilyKind kind)
    {
        Others++;
        var key = FamilyKey.OtherOf(kind);
        return _byKey.TryGetValue(key, out var family) ? family : NewFamily(key);
    }

    private Family NewFamily(FamilyKey key)
    {
        var family = new Family(++_familyLast, key);
        _byKey.Add(key, family);
        _families[family.Id] = family;
        Changes.Added(family);
        return family;
    }

    private Series NewSeries(Family family, Measure measure, string detail)
    {
        var series = new Series(++_seriesLast, family, measure, detail);
        family.Add(series);
        _series[series.Id] = series;
        Changes.Added(series);
        return series;
    }
}

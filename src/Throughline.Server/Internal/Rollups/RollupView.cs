using Microsoft.Data.Sqlite;

namespace Throughline.Server.Internal.Rollups;

/// <summary>
/// The rollups at one moment, for one question: what is stored, and what was counted since and is not stored yet. Each
/// value is in one of the two.
/// </summary>
internal sealed class RollupView : IDisposable
{
    // A question about few families seeks theirs; one about many reads the range. Of a kind that has so many that some were
    // selected, more are sought.
    private const int SeeksMax = 24;
    private const int SeeksOnlyMax = 128;

    private readonly Catalog _catalog;
    private readonly RollupSettings _settings;
    private readonly SqliteTransaction _transaction;
    private readonly RollupRows _rows;
    private readonly IReadOnlyList<RollupLayer> _layers;
    private readonly TierTable _tiers;
    private readonly int _nowMinute;

    public RollupView(Rollup rollup, RollupSettings settings, SqliteConnection connection, int nowMinute)
    {
        _catalog = rollup.Catalog;
        _settings = settings;
        _nowMinute = nowMinute;

        // Layers first: one that is stored in between is then left out, by its generation.
        var layers = rollup.Layers;
        _transaction = connection.BeginTransaction(deferred: true);
        var stored = NumberTable.Read(connection, _transaction, RollupStore.GenerationName) ?? 0;
        _layers = [.. layers.Where(layer => layer.Generation > stored)];
        _tiers = new TierTable(connection, _transaction, nowMinute);
        _rows = new RollupRows(connection, _transaction);
    }

    /// <summary>
    /// The range that a question about a range is answered for: whole minutes, whole hours where only these are kept.
    /// </summary>
    public (int From, int To) Cover(int from, int to)
    {
        var minutesMin = RollupStore.OldestMinute(RollupTier.Minute, _settings, _nowMinute);
        var hoursMin = RollupStore.OldestMinute(RollupTier.Hour, _settings, _nowMinute);
        from = Math.Max(from, hoursMin);
        to = Math.Max(from, Math.Min(to, _nowMinute + 1 + (int)_settings.FutureMax.TotalMinutes));
        return (
            from < minutesMin ? RollupTier.Hour.StartOf(from) : from,
            to < minutesMin ? RollupTier.Hour.StartOf(to + RollupTier.Hour.Minutes - 1) : to);
    }

    /// <summary>The values of every series that is asked for and has one.</summary>
    public IReadOnlyCollection<RollupResult> Read(RollupQuery query, CancellationToken cancellationToken)
    {
        var results = new RollupResults(_catalog, query);
        var families = _catalog.Families.Where(f => f.Key.Kind == query.Kind && query.Where?.Invoke(f.Key) != false).ToList();
        var (from, to) = Cover(query.FromMinute, query.ToMinute);
        foreach (var (tier, first, last) in Pieces(RollupTier.All.Count, from, to, query.PointMinutes))
        {
            foreach (var (bucket, block) in Blocks(query, families, tier, first, last))
            {
                cancellationToken.ThrowIfCancellationRequested();
                results.Add(bucket, block);
            }
        }

        var wanted = families.ToHashSet();
        foreach (var (row, block) in _layers.SelectMany(static layer => layer.Rows))
        {
            if (row.Minute >= from && row.Minute < to && wanted.Contains(row.Family))
            {
                results.Add(row.Minute, block);
            }
        }

        return results.All;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _transaction.Dispose();
    }

    /// <summary>The coarsest rollups that make up a range, with finer ones at its ends; none is longer than a point.</summary>
    private IEnumerable<(RollupTier Tier, int From, int To)> Pieces(int number, int from, int to, int point)
    {
        if (from >= to)
        {
            yield break;
        }

        var tier = RollupTier.All[number - 1];
        var (first, last) = (from, to);
        if (number > 1)
        {
            first = tier.StartOf(from + tier.Minutes - 1);
            last = Math.Min(tier.StartOf(to), _tiers.CompleteTo(tier));
            if (first >= last || (point > 0 && point % tier.Minutes != 0) || first < Oldest(tier))
            {
                foreach (var piece in Pieces(number - 1, from, to, point))
                {
                    yield return piece;
                }

                yield break;
            }
        }

        yield return (tier, first, last);
        foreach (var piece in Pieces(number - 1, from, first, point).Concat(Pieces(number - 1, last, to, point)))
        {
            yield return piece;
        }
    }

    private int Oldest(RollupTier tier) => RollupStore.OldestMinute(tier, _settings, _nowMinute) - tier.Minutes + 1;

    private IEnumerable<(int Bucket, byte[] Block)> Blocks(
        RollupQuery query, List<Family> families, RollupTier tier, int from, int to)
    {
        if (families.Count <= SeeksMax || (query.Only is not null && families.Count <= SeeksOnlyMax))
        {
            return families.SelectMany(family => _rows.Read(tier, family, from, to)).Select(static row => (row.Bucket, row.Block));
        }

        var ids = query.Where is null ? null : families.Select(static family => family.Id).ToHashSet();
        return _rows.Read(tier, query.Kind, from, to)
            .Where(row => ids is null || ids.Contains(row.Family))
            .Select(static row => (row.Bucket, row.Block));
    }
}

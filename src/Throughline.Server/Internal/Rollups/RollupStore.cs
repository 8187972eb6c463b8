using Microsoft.Data.Sqlite;

namespace Throughline.Server.Internal.Rollups;

/// <summary>
/// Writes rollups to the state database, within somebody's transaction. Blocks are added to what is there, so that late
/// values cost no memory. Coarser tiers are made of finer ones when their time is over; from then on what is late is added
/// to both.
/// </summary>
internal sealed class RollupStore(Rollup rollup, RollupSettings settings, Generations generations)
{
    public const string GenerationName = "generation";

    // What comes a little late need not be written twice.
    private const int GraceMinutes = 2;

    private readonly ByteWriter _writer = new();
    private readonly ByteWriter _scratch = new();
    private long _written;
    private int _retainedMinute;

    /// <summary>Takes over what the database has, which is upgraded first. Called once, before anything is counted.</summary>
    public void Load(SqliteConnection connection)
    {
        RollupSchema.Upgrade(connection);
        using var transaction = connection.BeginTransaction(deferred: true);
        generations.Restore(NumberTable.Read(connection, transaction, GenerationName) ?? 0);
        CatalogStore.Load(connection, transaction, rollup.Catalog, rollup.NowMinute);
    }

    /// <summary>What the last committed checkpoint was; to be asked before anything else is written.</summary>
    public long Stored(SqliteConnection connection, SqliteTransaction transaction)
    {
        var stored = NumberTable.Read(connection, transaction, GenerationName) ?? 0;
        rollup.Committed(stored);
        if (stored == _written)
        {
            rollup.Catalog.Changes.Committed();
        }

        return stored;
    }

    /// <summary>Adds everything that the database does not have, and says which generation it has then.</summary>
    public void Save(SqliteConnection connection, SqliteTransaction transaction)
    {
        rollup.Publish();
        using var rows = new RollupRows(connection, transaction);
        var tiers = new TierTable(connection, transaction, rollup.NowMinute);

        CatalogStore.Save(connection, transaction, rollup.Catalog);
        foreach (var (row, block) in Rollup.Sum(rollup.Layers))
        {
            Add(rows, tiers, row, block);
        }

        foreach (var tier in RollupTier.All.Skip(1))
        {
            Complete(rows, tiers, tier);
        }

        Retain(rows);
        _written = generations.Next();
        NumberTable.Write(connection, transaction, GenerationName, _written);
    }

    /// <summary>The oldest minute for which a tier has rollups.</summary>
    public static int OldestMinute(RollupTier tier, RollupSettings settings, int nowMinute) =>
        nowMinute - (int)(tier.IsKeptLong ? settings.HoursKept : settings.MinutesKept).TotalMinutes;

    private void Add(RollupRows rows, TierTable tiers, RollupRow row, RollupBlock block)
    {
        foreach (var tier in RollupTier.All)
        {
            var start = tier.StartOf(row.Minute);
            if ((tier == RollupTier.Minute || start < tiers.CompleteTo(tier))
                && row.Minute >= OldestMinute(tier, settings, rollup.NowMinute))
            {
                Add(rows, tier, row.Family.Key.Kind, start, row.Family.Id, block);
            }
        }
    }

    private void Add(RollupRows rows, RollupTier tier, FamilyKind kind, int start, int family, RollupBlock block)
    {
        var sum = block;
        if (rows.Find(tier, kind, start, family) is { } there)
        {
            sum = new RollupBlock();
            sum.Add(there);
            sum.Add(block);
        }

        _writer.Clear();
        sum.Write(_writer, _scratch);
        rows.Put(tier, kind, start, family, _writer.Written.ToArray());
    }

    /// <summary>Makes a tier's rollups of the finer ones, up to the last whose time is over.</summary>
    private void Complete(RollupRows rows, TierTable tiers, RollupTier tier)
    {
        var finer = RollupTier.All[tier.Number - 2];
        var to = tier.StartOf(rollup.NowMinute - GraceMinutes);
        foreach (var kind in Enum.GetValues<FamilyKind>())
        {
            // From one that has something to the next: after a long stop there is little in a long time.
            for (var from = tiers.CompleteTo(tier); from < to && rows.First(finer, kind, from, to) is { } first;)
            {
                var start = tier.StartOf(first);
                Complete(rows, finer, tier, kind, start);
                from = start + tier.Minutes;
            }
        }

        tiers.Complete(tier, to);
    }

    private void Complete(RollupRows rows, RollupTier finer, RollupTier tier, FamilyKind kind, int start)
    {
        var sums = new Dictionary<int, RollupBlock>();
        foreach (var (_, family, block) in rows.Read(finer, kind, start, start + tier.Minutes))
        {
            if (!sums.TryGetValue(family, out var sum))
            {
                sums.Add(family, sum = new RollupBlock());
            }

            sum.Add(block);
        }

        foreach (var (family, sum) in sums)
        {
            Add(rows, tier, kind, start, family, sum);
        }
    }

    private void Retain(RollupRows rows)
    {
        if (_retainedMinute == rollup.NowMinute)
        {
            return;
        }

        _retainedMinute = rollup.NowMinute;
        foreach (var tier in RollupTier.All)
        {
            rows.Delete(tier, OldestMinute(tier, settings, rollup.NowMinute) - tier.Minutes + 1);
        }
    }
}

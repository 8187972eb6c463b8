using Microsoft.Data.Sqlite;

namespace Throughline.Server.Internal.Rollups;

/// <summary>Up to when each tier has its rollups; what is later is in finer tiers only.</summary>
internal sealed class TierTable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Dictionary<RollupTier, int> _completeTo = [];

    /// <param name="connection">To the state database.</param>
    /// <param name="transaction">In which all of it is read and written.</param>
    /// <param name="nowMinute">Where a tier begins in a new database: what is older is added to it directly.</param>
    public TierTable(SqliteConnection connection, SqliteTransaction transaction, int nowMinute)
    {
        _connection = connection;
        _transaction = transaction;
        foreach (var tier in RollupTier.All.Skip(1))
        {
            _completeTo[tier] = (int)(NumberTable.Read(connection, transaction, Name(tier)) ?? tier.StartOf(nowMinute));
        }
    }

    /// <summary>Start of the first that is not there; Unix minutes.</summary>
    public int CompleteTo(RollupTier tier) => _completeTo[tier];

    public void Complete(RollupTier tier, int to)
    {
        // Also the first time, when nothing is over yet: what is late is judged by it from then on.
        _completeTo[tier] = Math.Max(to, _completeTo[tier]);
        NumberTable.Write(_connection, _transaction, Name(tier), _completeTo[tier]);
    }

    private static string Name(RollupTier tier) => $"complete.{tier.Minutes}";
}

using Microsoft.Data.Sqlite;

namespace Throughline.Server.Internal.Rollups;

/// <summary>The tables of the rollups in the state database, made and upgraded here.</summary>
internal static class RollupSchema
{
    private const string VersionName = "version";

    /// <summary>Each brings a database of the version before to its own: the first makes everything.</summary>
    private static readonly string[] Upgrades =
    [
        // Time before family: what is new lies together, what is old is deleted together, and a question about all of a
        // kind reads one range. Numbers only in the key: names are in the catalog.
        """
        CREATE TABLE rollup_family(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,
            first TEXT NOT NULL, second TEXT NOT NULL, third TEXT NOT NULL);
        CREATE TABLE rollup_series(id INTEGER PRIMARY KEY, family INTEGER NOT NULL, measure INTEGER NOT NULL, detail TEXT NOT NULL);
        CREATE INDEX rollup_series_family ON rollup_series(family);
        CREATE TABLE rollup(tier INTEGER NOT NULL, kind INTEGER NOT NULL, bucket INTEGER NOT NULL, family INTEGER NOT NULL,
            block BLOB NOT NULL, PRIMARY KEY(tier, kind, bucket, family)) WITHOUT ROWID;
        """,
    ];

    /// <exception cref="InvalidDataException">The database was written by a later version of the program.</exception>
    public static void Upgrade(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        NumberTable.Create(connection, transaction);
        var version = NumberTable.Read(connection, transaction, VersionName) ?? 0;
        if (version > Upgrades.Length)
        {
            throw new InvalidDataException(
                $"The rollups are of version {version}; this program knows versions up to {Upgrades.Length}. Use a newer one.");
        }

        foreach (var upgrade in Upgrades.Skip((int)version))
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // The texts are the constants above.
            command.CommandText = upgrade;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        NumberTable.Write(connection, transaction, VersionName, Upgrades.Length);
        transaction.Commit();
    }
}

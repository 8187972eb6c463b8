using Microsoft.Data.Sqlite;

namespace Throughline.Server.Internal.Rollups;

/// <summary>The rows of the rollups, within one transaction.</summary>
internal sealed class RollupRows : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _put;

    public RollupRows(SqliteConnection connection, SqliteTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
        _find = Command("SELECT block FROM rollup WHERE tier = $tier AND kind = $kind AND bucket = $bucket AND family = $family");
        _put = Command(
            """
            INSERT INTO rollup(tier, kind, bucket, family, block) VALUES($tier, $kind, $bucket, $family, $block)
            ON CONFLICT DO UPDATE SET block = $block
            """);
        foreach (var command in (SqliteCommand[])[_find, _put])
        {
            command.Parameters.Add("$tier", SqliteType.Integer);
            command.Parameters.Add("$kind", SqliteType.Integer);
            command.Parameters.Add("$bucket", SqliteType.Integer);
            command.Parameters.Add("$family", SqliteType.Integer);
        }

        _put.Parameters.Add("$block", SqliteType.Blob);
    }

    public byte[]? Find(RollupTier tier, FamilyKind kind, int bucket, int family)
    {
        Name(_find, tier, kind, bucket, family);
        return _find.ExecuteScalar() as byte[];
    }

    public void Put(RollupTier tier, FamilyKind kind, int bucket, int family, byte[] block)
    {
        Name(_put, tier, kind, bucket, family);
        _put.Parameters[4].Value = block;
        _put.ExecuteNonQuery();
    }

    /// <summary>Start of the first of a kind, from a minute to before another; null for none.</summary>
    public int? First(RollupTier tier, FamilyKind kind, int from, int to)
    {
        using var command = Command(
            "SELECT MIN(bucket) FROM rollup WHERE tier = $tier AND kind = $kind AND bucket >= $from AND bucket < $to");
        command.Parameters.AddWithValue("$tier", tier.Number);
        command.Parameters.AddWithValue("$kind", (int)kind);
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        return command.ExecuteScalar() is long first ? (int)first : null;
    }

    /// <summary>All of a kind, from a minute to before another.</summary>
    public IEnumerable<(int Bucket, int Family, byte[] Block)> Read(RollupTier tier, FamilyKind kind, int from, int to)
    {
        using var command = Command(
            "SELECT bucket, family, block FROM rollup WHERE tier = $tier AND kind = $kind AND bucket >= $from AND bucket < $to");
        command.Parameters.AddWithValue("$tier", tier.Number);
        command.Parameters.AddWithValue("$kind", (int)kind);
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        foreach (var row in Rows(command))
        {
            yield return row;
        }
    }

    /// <summary>Of one family: a seek for each bucket, however many families there are.</summary>
    public IEnumerable<(int Bucket, int Family, byte[] Block)> Read(RollupTier tier, Family family, int from, int to)
    {
        using var command = Command(
            """
            WITH RECURSIVE time(bucket) AS (SELECT $from UNION ALL SELECT bucket + $step FROM time WHERE bucket + $step < $to)
            SELECT rollup.bucket, rollup.family, rollup.block FROM time CROSS JOIN rollup
            ON rollup.tier = $tier AND rollup.kind = $kind AND rollup.bucket = time.bucket AND rollup.family = $family
            """);
        command.Parameters.AddWithValue("$tier", tier.Number);
        command.Parameters.AddWithValue("$kind", (int)family.Key.Kind);
        command.Parameters.AddWithValue("$family", family.Id);
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        command.Parameters.AddWithValue("$step", tier.Minutes);
        foreach (var row in Rows(command))
        {
            yield return row;
        }
    }

    /// <summary>Deletes what begins before a minute.</summary>
    public void Delete(RollupTier tier, int before)
    {
        using var command = Command("DELETE FROM rollup WHERE tier = $tier AND kind = $kind AND bucket < $before");
        command.Parameters.AddWithValue("$tier", tier.Number);
        command.Parameters.AddWithValue("$before", before);
        var parameter = command.Parameters.Add("$kind", SqliteType.Integer);
        foreach (var kind in Enum.GetValues<FamilyKind>())
        {
            parameter.Value = (int)kind;
            command.ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        _find.Dispose();
        _put.Dispose();
    }

    private static void Name(SqliteCommand command, RollupTier tier, FamilyKind kind, int bucket, int family)
    {
        command.Parameters[0].Value = tier.Number;
        command.Parameters[1].Value = (int)kind;
        command.Parameters[2].Value = bucket;
        command.Parameters[3].Value = family;
    }

    private static IEnumerable<(int Bucket, int Family, byte[] Block)> Rows(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return (reader.GetInt32(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));
        }
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
#pragma warning disable CA2100 // The texts are constants of this class.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }
}

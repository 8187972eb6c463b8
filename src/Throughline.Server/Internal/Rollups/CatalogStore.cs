using Microsoft.Data.Sqlite;

namespace Throughline.Server.Internal.Rollups;

/// <summary>Writes and reads which families and series there are.</summary>
internal static class CatalogStore
{
    public static void Load(SqliteConnection connection, SqliteTransaction transaction, Catalog catalog, int nowMinute)
    {
        var families = new Dictionary<int, Family>();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT id, kind, first, second, third FROM rollup_family";
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                var key = new FamilyKey(
                    (FamilyKind)reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetString(4));
                families.Add(reader.GetInt32(0), new Family(reader.GetInt32(0), key) { SeenMinute = nowMinute });
            }
        }

        var series = new List<Series>();
        command.CommandText = "SELECT id, family, measure, detail FROM rollup_series";
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                series.Add(new Series(
                    reader.GetInt32(0), families[reader.GetInt32(1)], (Measure)reader.GetInt32(2), reader.GetString(3)));
            }
        }

        // Ids of what was forgotten must not come again while rows of theirs may be there.
        var familyLast = NumberTable.Read(connection, transaction, "family.last") ?? 0;
        var seriesLast = NumberTable.Read(connection, transaction, "series.last") ?? 0;
        catalog.Restore(families.Values, series, (int)familyLast, (int)seriesLast);
    }

    public static void Save(SqliteConnection connection, SqliteTransaction transaction, Catalog catalog)
    {
        var changes = catalog.Changes;
        if (changes.Families.Count > 0)
        {
            Write(connection, transaction, changes.Families);
            NumberTable.Write(connection, transaction, "family.last", changes.Families[^1].Id);
        }

        if (changes.Series.Count > 0)
        {
            Write(connection, transaction, changes.Series);
            NumberTable.Write(connection, transaction, "series.last", changes.Series[^1].Id);
        }

        Delete(connection, transaction, changes.ForgottenFamilies);
        changes.Written();
    }

    private static void Write(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<Family> families)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "INSERT INTO rollup_family(id, kind, first, second, third) VALUES($id, $kind, $first, $second, $third)";
        string[] names = ["$id", "$kind", "$first", "$second", "$third"];
        var parameters = Array.ConvertAll(names, name => command.Parameters.AddWithValue(name, DBNull.Value));
        foreach (var family in families)
        {
            parameters[0].Value = family.Id;
            parameters[1].Value = (int)family.Key.Kind;
            parameters[2].Value = family.Key.First;
            parameters[3].Value = family.Key.Second;
            parameters[4].Value = family.Key.Third;
            command.ExecuteNonQuery();
        }
    }

    private static void Write(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<Series> series)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO rollup_series(id, family, measure, detail) VALUES($id, $family, $measure, $detail)";
        string[] names = ["$id", "$family", "$measure", "$detail"];
        var parameters = Array.ConvertAll(names, name => command.Parameters.AddWithValue(name, DBNull.Value));
        foreach (var one in series)
        {
            parameters[0].Value = one.Id;
            parameters[1].Value = one.Family.Id;
            parameters[2].Value = (int)one.Measure;
            parameters[3].Value = one.Detail;
            command.ExecuteNonQuery();
        }
    }

    private static void Delete(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<Family> families)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "DELETE FROM rollup_series WHERE family = $id; DELETE FROM rollup_family WHERE id = $id";
        var id = command.Parameters.Add("$id", SqliteType.Integer);
        foreach (var family in families)
        {
            id.Value = family.Id;
            command.ExecuteNonQuery();
        }
    }
}

using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Examples, the slowest hops and the last values of metrics in the state database, within somebody's transaction.</summary>
internal static class AnalysisStore
{
    private const string Create =
        """
        CREATE TABLE IF NOT EXISTS analysis_example(id TEXT PRIMARY KEY, list TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS analysis_slowest(id TEXT PRIMARY KEY, hop TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS analysis_metric(stream INTEGER NOT NULL, series INTEGER NOT NULL, start INTEGER NOT NULL,
            value REAL NOT NULL, count INTEGER NOT NULL, time INTEGER NOT NULL, PRIMARY KEY(stream, series, start)) WITHOUT ROWID;
        """;

    public static void Load(SqliteConnection connection, Examples examples, SlowHops slowest, MetricSeriesBook series)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Create;
        command.ExecuteNonQuery();
        command.CommandText = "SELECT id, list FROM analysis_example";
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                examples.Restore(
                    JsonSerializer.Deserialize<ExampleKey>(reader.GetString(0)),
                    JsonSerializer.Deserialize<Example[]>(reader.GetString(1))!);
            }
        }

        Load(command, slowest);
        command.CommandText = "SELECT stream, series, start, value, count, time FROM analysis_metric";
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                series.Restore(
                    new MetricSeriesKey(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)),
                    new MetricSeriesValue(reader.GetDouble(3), reader.GetInt64(4), reader.GetInt64(5)));
            }
        }
    }

    public static void Save(SqliteConnection connection, SqliteTransaction transaction, Examples examples, bool isCommitted) =>
        Save(
            connection,
            transaction,
            "INSERT INTO analysis_example(id, list) VALUES($id, $value) ON CONFLICT DO UPDATE SET list = $value",
            "DELETE FROM analysis_example WHERE id = $id",
            examples.Unsaved.Take(isCommitted),
            key => examples.Of(key) is { Count: > 0 } list ? list : null);

    public static void Save(SqliteConnection connection, SqliteTransaction transaction, SlowHops slowest, bool isCommitted) =>
        Save(
            connection,
            transaction,
            "INSERT INTO analysis_slowest(id, hop) VALUES($id, $value) ON CONFLICT DO UPDATE SET hop = $value",
            "DELETE FROM analysis_slowest WHERE id = $id",
            slowest.Unsaved.Take(isCommitted),
            slowest.Find);

    public static void Save(SqliteConnection connection, SqliteTransaction transaction, MetricSeriesBook series, bool isCommitted)
    {
        using var put = Command(
            connection,
            transaction,
            """
            INSERT INTO analysis_metric(stream, series, start, value, count, time) VALUES($stream, $series, $start, $value, $count, $time)
            ON CONFLICT DO UPDATE SET value = $value, count = $count, time = $time
            """);
        using var delete = Command(
            connection, transaction, "DELETE FROM analysis_metric WHERE stream = $stream AND series = $series AND start = $start");
        string[] names = ["$stream", "$series", "$start", "$value", "$count", "$time"];
        var putting = Array.ConvertAll(names, name => put.Parameters.AddWithValue(name, 0L));
        var deleting = Array.ConvertAll(names[..3], name => delete.Parameters.AddWithValue(name, 0L));
        foreach (var key in series.Unsaved.Take(isCommitted))
        {
            var isThere = series.TryGet(key, out var value);
            var parameters = isThere ? putting : deleting;
            (parameters[0].Value, parameters[1].Value, parameters[2].Value) = (key.Stream, key.Series, key.StartUnixNs);
            if (isThere)
            {
                (putting[3].Value, putting[4].Value, putting[5].Value) = (value.Value, value.Count, value.TimeUnixNs);
            }

            (isThere ? put : delete).ExecuteNonQuery();
        }
    }

    private static void Load(SqliteCommand command, SlowHops slowest)
    {
        command.CommandText = "SELECT id, hop FROM analysis_slowest";
        using var reader = command.ExecuteReader();
        var known = new List<(SlowHopKey Key, SlowHop Hop)>();
        while (reader.Read())
        {
            known.Add((
                JsonSerializer.Deserialize<SlowHopKey>(reader.GetString(0)), JsonSerializer.Deserialize<SlowHop>(reader.GetString(1))!));
        }

        foreach (var (key, hop) in known.OrderBy(static one => one.Key.Minute))
        {
            slowest.Restore(key, hop);
        }
    }

    /// <summary>Writes what is there, and deletes what is not any more.</summary>
    private static void Save<TKey, TValue>(
        SqliteConnection connection,
        SqliteTransaction transaction,
        string putText,
        string deleteText,
        IReadOnlyCollection<TKey> keys,
        Func<TKey, TValue?> find)
        where TValue : class
    {
        using var put = Command(connection, transaction, putText);
        using var delete = Command(connection, transaction, deleteText);
        var (putId, putValue) = (put.Parameters.Add("$id", SqliteType.Text), put.Parameters.Add("$value", SqliteType.Text));
        var deleteId = delete.Parameters.Add("$id", SqliteType.Text);
        foreach (var key in keys)
        {
            var id = JsonSerializer.Serialize(key);
            if (find(key) is { } value)
            {
                (putId.Value, putValue.Value) = (id, JsonSerializer.Serialize(value));
                put.ExecuteNonQuery();
            }
            else
            {
                deleteId.Value = id;
                delete.ExecuteNonQuery();
            }
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction transaction, string text)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The texts are constants of this class.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }
}

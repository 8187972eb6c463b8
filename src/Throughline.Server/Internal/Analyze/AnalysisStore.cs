using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Examples and the last values of metrics in the state database, within somebody's transaction.</summary>
internal static class AnalysisStore
{
    private const string Create =
        """
        CREATE TABLE IF NOT EXISTS analysis_example(id TEXT PRIMARY KEY, list TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS analysis_metric(stream INTEGER NOT NULL, series INTEGER NOT NULL, start INTEGER NOT NULL,
            value REAL NOT NULL, count INTEGER NOT NULL, time INTEGER NOT NULL, PRIMARY KEY(stream, series, start)) WITHOUT ROWID;
        """;

    public static void Load(SqliteConnection connection, Examples examples, MetricSeriesBook series)
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

    public static void Save(SqliteConnection connection, SqliteTransaction transaction, Examples examples, bool isCommitted)
    {
        using var put = Command(
            connection, transaction, "INSERT INTO analysis_example(id, list) VALUES($id, $list) ON CONFLICT DO UPDATE SET list = $list");
        using var delete = Command(connection, transaction, "DELETE FROM analysis_example WHERE id = $id");
        var (putId, putList) = (put.Parameters.Add("$id", SqliteType.Text), put.Parameters.Add("$list", SqliteType.Text));
        var deleteId = delete.Parameters.Add("$id", SqliteType.Text);
        foreach (var key in examples.Unsaved.Take(isCommitted))
        {
            var id = JsonSerializer.Serialize(key);
            if (examples.Of(key) is { Count: > 0 } list)
            {
                (putId.Value, putList.Value) = (id, JsonSerializer.Serialize(list));
                put.ExecuteNonQuery();
            }
            else
            {
                deleteId.Value = id;
                delete.ExecuteNonQuery();
            }
        }
    }

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

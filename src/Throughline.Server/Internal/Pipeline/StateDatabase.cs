using Microsoft.Data.Sqlite;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>
/// The server's state beside its spans: the checkpoint and, in the same transaction, whatever was computed up to it. One
/// connection writes; others read beside it (WAL).
/// </summary>
internal sealed class StateDatabase : IDisposable
{
    private const long VersionKnown = 1;

    private readonly SqliteConnection _writing;

    private StateDatabase(string connectionString, SqliteConnection writing)
    {
        ReadingConnectionString = connectionString;
        _writing = writing;
    }

    /// <summary>For connections that only read.</summary>
    public string ReadingConnectionString { get; }

    /// <exception cref="InvalidDataException">A later version wrote it.</exception>
    public static StateDatabase Open(string path)
    {
        // Not pooled: a connection that is disposed lets go of its file.
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, "PRAGMA synchronous = FULL");
            CheckVersion(connection, path);
            Execute(
                connection,
                """
                CREATE TABLE IF NOT EXISTS checkpoint (
                    id INTEGER PRIMARY KEY CHECK (id = 1),
                    position INTEGER NOT NULL,
                    store_mark TEXT,
                    live BLOB NOT NULL,
                    waiting BLOB NOT NULL,
                    undelivered BLOB NOT NULL)
                """);
            text.Mode = SqliteOpenMode.ReadOnly;
            return new StateDatabase(text.ToString(), connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads the last checkpoint, and lets others read what they saved with it.</summary>
    public Checkpoint Load(Action<SqliteConnection> loadRest)
    {
        loadRest(_writing);
        using var command = _writing.CreateCommand();
        command.CommandText = "SELECT position, store_mark, live, waiting, undelivered FROM checkpoint";
        using var row = command.ExecuteReader();
        return row.Read()
            ? new Checkpoint(
                row.GetInt64(0),
                row.IsDBNull(1) ? null : row.GetString(1),
                PositionList.Decode(row.GetFieldValue<byte[]>(2)),
                PositionList.Decode(row.GetFieldValue<byte[]>(3)),
                PositionList.Decode(row.GetFieldValue<byte[]>(4)))
            : Checkpoint.None;
    }

    /// <summary>Saves a checkpoint and, in its transaction, the rest: both are on disk afterwards, or neither.</summary>
    /// <exception cref="SqliteException">It could not be saved; the one before stands.</exception>
    public void Save(Checkpoint checkpoint, Action<SqliteConnection, SqliteTransaction> saveRest)
    {
        using var transaction = _writing.BeginTransaction();
        using (var command = _writing.CreateCommand())
        {
            command.Transaction = transaction;
            command.CommandText =
                "INSERT OR REPLACE INTO checkpoint VALUES (1, $position, $mark, $live, $waiting, $undelivered)";
            command.Parameters.AddWithValue("$position", checkpoint.Position);
            command.Parameters.AddWithValue("$mark", (object?)checkpoint.StoreMark ?? DBNull.Value);
            command.Parameters.AddWithValue("$live", PositionList.Encode(checkpoint.Live));
            command.Parameters.AddWithValue("$waiting", PositionList.Encode(checkpoint.Waiting));
            command.Parameters.AddWithValue("$undelivered", PositionList.Encode(checkpoint.Undelivered));
            command.ExecuteNonQuery();
        }

        saveRest(_writing, transaction);
        transaction.Commit();
    }

    public void Dispose() => _writing.Dispose();

    private static void CheckVersion(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        if (version > VersionKnown)
        {
            throw new InvalidDataException(
                $"{path} has version {version}; this server reads up to {VersionKnown}. Start a newer server, or move the data folder elsewhere.");
        }

        // Not for nothing: on a full disk even this write fails.
        if (version != VersionKnown)
        {
            Execute(connection, $"PRAGMA user_version = {VersionKnown}");
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

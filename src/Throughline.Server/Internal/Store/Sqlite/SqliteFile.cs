using SQLitePCL;

namespace Throughline.Server.Internal.Store.Sqlite;

/// <summary>
/// One SQLite file through SQLite's own functions: what they give of a blob is the page's memory, without a copy. Not for
/// two threads at once.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly sqlite3 _connection;

    static SqliteFile() => Batteries_V2.Init();

    private SqliteFile(string path, string name, int flags)
    {
        Path = path;
        var result = raw.sqlite3_open_v2(name, out var connection, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        _connection = connection;
        if (result != raw.SQLITE_OK)
        {
            connection?.Dispose();
            throw Failure(result, "opened");
        }
    }

    public string Path { get; }

    /// <summary>A file that only this connection will ever write, in one go: nothing guards against a crash on the way.</summary>
    public static SqliteFile Create(string path)
    {
        var file = new SqliteFile(path, path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        file.Execute("PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN");
        return file;
    }

    /// <summary>A file that nobody changes any more: no lock is taken, no other file is looked for.</summary>
    /// <exception cref="InvalidDataException">It is no SQLite file, or a damaged one.</exception>
    public static SqliteFile OpenImmutable(string path)
    {
        var file = new SqliteFile(path, Uri(path), raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);
        try
        {
            // 256 KiB: the system's page cache has the rest.
            file.Execute("PRAGMA cache_size=-256");
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(_connection, sql), "written");

    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_connection, sql, out var statement), "read");
        return new SqliteStatement(this, statement);
    }

    /// <summary>The first column of the first row, which has to be there.</summary>
    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : throw new InvalidDataException($"{Path} lacks what `{sql}` asks for.");
    }

    public void Dispose() => _connection.Dispose();

    internal void Check(int result, string verb)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Failure(result, verb);
        }
    }

    internal Exception Failure(int result, string verb)
    {
        var message = $"{Path} cannot be {verb}: {raw.sqlite3_errstr(result).utf8_to_string()} (SQLite's result {result}).";
        return (result & 0xFF) switch
        {
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_ERROR => new InvalidDataException(message),
            _ => new IOException(message),
        };
    }

    private static string Uri(string path)
    {
        var slashed = path.Replace('\\', '/');
        var escaped = slashed.Replace("%", "%25").Replace("?", "%3f").Replace("#", "%23");
        return $"file:{(slashed.StartsWith('/') ? "" : "/")}{escaped}?immutable=1";
    }
}

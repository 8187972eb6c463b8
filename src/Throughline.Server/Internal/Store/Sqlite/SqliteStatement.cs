using SQLitePCL;

namespace Throughline.Server.Internal.Store.Sqlite;

/// <summary>A prepared statement: bound, stepped through, reset, used again.</summary>
internal sealed class SqliteStatement(SqliteFile file, sqlite3_stmt statement) : IDisposable
{
    public SqliteStatement Bind(int parameter, long value)
    {
        file.Check(raw.sqlite3_bind_int64(statement, parameter, value), "read");
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        file.Check(raw.sqlite3_bind_text(statement, parameter, value), "read");
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        file.Check(raw.sqlite3_bind_blob(statement, parameter, value), "read");
        return this;
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">The disk failed, or is full.</exception>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        return result switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw file.Failure(result, "used"),
        };
    }

    public void Reset() => raw.sqlite3_reset(statement);

    /// <summary>Of a statement that has no rows.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => statement.Dispose();
}

using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace OrderService;

/// <summary>The order database, which is the outbox too: a row knows whether Kafka has its event.</summary>
internal sealed class OrderStore
{
    // SQLite has one writer at a time. Its client retries every 150 ms; waiting in line here costs microseconds.
    private readonly Lock _writing = new();
    private readonly string _connectionString;
    private readonly string _file;

    public OrderStore(OrderSettings settings)
    {
        SQLitePCL.Batteries_V2.Init();
        _file = Path.GetFileName(settings.Database);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = settings.Database }.ConnectionString;
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS orders (
              id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, body TEXT NOT NULL,
              announced INTEGER NOT NULL DEFAULT 0, trace_parent TEXT);
            CREATE INDEX IF NOT EXISTS orders_outbox ON orders (created_at) WHERE announced = 0;
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>Saves an order whose event is still to be sent, with the trace that the event belongs to.</summary>
    public void Insert(Order order, string? traceParent)
    {
        using var span = StartSpan("INSERT");
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO orders (id, created_at, body, trace_parent) VALUES ($id, $created_at, $body, $trace_parent)";
        command.Parameters.AddWithValue("$id", order.Id.ToString());
        command.Parameters.AddWithValue("$created_at", order.CreatedAt.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$body", JsonSerializer.Serialize(order, OrderJson.Default.Order));
        command.Parameters.AddWithValue("$trace_parent", (object?)traceParent ?? DBNull.Value);
        Write(command);
    }

    /// <summary>Takes the order's event out of the outbox: Kafka has it, or never will. A delayed one stays.</summary>
    public void Mark(Guid id, Announcement announcement)
    {
        if (announcement == Announcement.Delayed)
        {
            return;
        }

        using var span = StartSpan("UPDATE");
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.Parameters.AddWithValue("$announced", announcement == Announcement.Sent ? 1 : -1);
        command.CommandText = "UPDATE orders SET announced = $announced WHERE id = $id";
        command.Parameters.AddWithValue("$id", id.ToString());
        Write(command);
    }

    public Order? Find(Guid id)
    {
        using var span = StartSpan("SELECT");
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT body FROM orders WHERE id = $id";
        command.Parameters.AddWithValue("$id", id.ToString());
        return command.ExecuteScalar() is string body ? JsonSerializer.Deserialize(body, OrderJson.Default.Order) : null;
    }

    /// <summary>The oldest orders made before <paramref name="before"/> whose events Kafka does not have.</summary>
    public IReadOnlyList<(Order Order, string? TraceParent)> FindUnannounced(DateTimeOffset before, int countMax)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT body, trace_parent FROM orders WHERE announced = 0 AND created_at < $before
            ORDER BY created_at LIMIT $count_max
            """;
        command.Parameters.AddWithValue("$before", before.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$count_max", countMax);
        using var reader = command.ExecuteReader();
        var found = new List<(Order, string?)>();
        while (reader.Read())
        {
            var order = JsonSerializer.Deserialize(reader.GetString(0), OrderJson.Default.Order)!;
            found.Add((order, reader.IsDBNull(1) ? null : reader.GetString(1)));
        }

        return found;
    }

    private void Write(SqliteCommand command)
    {
        lock (_writing)
        {
            command.ExecuteNonQuery();
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    // https://opentelemetry.io/docs/specs/semconv/database/database-spans/
    private Activity? StartSpan(string operation)
    {
        var span = OrderTelemetry.Source.StartActivity($"{operation} orders", ActivityKind.Client);
        span?.SetTag("db.system.name", "sqlite");
        span?.SetTag("db.namespace", _file);
        span?.SetTag("db.operation.name", operation);
        span?.SetTag("db.collection.name", "orders");
        return span;
    }
}

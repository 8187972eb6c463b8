using System.Text.Json;
using Microsoft.Data.Sqlite;
using Throughline.Server.Internal.Analyze;

namespace Throughline.Server.Internal.Brokers;

/// <summary>Remembers the offsets that brokers told last, also across restarts: what happened is the difference.</summary>
internal sealed class OffsetsBook
{
    private readonly Dictionary<OffsetsKey, OffsetsKnown> _known = [];
    private readonly Unsaved<OffsetsKey> _unsaved = new();

    /// <summary>Null for what is new, or of a topic that was made anew since.</summary>
    public OffsetsKnown? Find(OffsetsKey key, string topicId) =>
        _known.TryGetValue(key, out var known) && known.TopicId == topicId ? known : null;

    public void Put(OffsetsKey key, OffsetsKnown known)
    {
        _known[key] = known;
        _unsaved.Add(key);
    }

    /// <summary>Forgets what a cluster does not tell of any more.</summary>
    public void Keep(string cluster, IReadOnlySet<OffsetsKey> told)
    {
        foreach (var key in _known.Keys.Where(key => key.Cluster == cluster && !told.Contains(key)).ToList())
        {
            _known.Remove(key);
            _unsaved.Add(key);
        }
    }

    public void Load(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE IF NOT EXISTS analysis_offsets(id TEXT PRIMARY KEY, known TEXT NOT NULL) WITHOUT ROWID";
        command.ExecuteNonQuery();
        command.CommandText = "SELECT id, known FROM analysis_offsets";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            _known[JsonSerializer.Deserialize<OffsetsKey>(reader.GetString(0))] =
                JsonSerializer.Deserialize<OffsetsKnown>(reader.GetString(1))!;
        }
    }

    public void Save(SqliteConnection connection, SqliteTransaction transaction, bool isCommitted)
    {
        using var put = connection.CreateCommand();
        put.Transaction = transaction;
        put.CommandText = "INSERT INTO analysis_offsets(id, known) VALUES($id, $known) ON CONFLICT DO UPDATE SET known = $known";
        var (putId, putKnown) = (put.Parameters.Add("$id", SqliteType.Text), put.Parameters.Add("$known", SqliteType.Text));
        using var delete = connection.CreateCommand();
        delete.Transaction = transaction;
        delete.CommandText = "DELETE FROM analysis_offsets WHERE id = $id";
        var deleteId = delete.Parameters.Add("$id", SqliteType.Text);
        foreach (var key in _unsaved.Take(isCommitted))
        {
            var id = JsonSerializer.Serialize(key);
            if (_known.TryGetValue(key, out var known))
            {
                (putId.Value, putKnown.Value) = (id, JsonSerializer.Serialize(known));
                put.ExecuteNonQuery();
            }
            else
            {
                deleteId.Value = id;
                delete.ExecuteNonQuery();
            }
        }
    }
}

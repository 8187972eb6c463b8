using Microsoft.Data.Sqlite;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Query;

namespace Throughline.Server.Tests.Analyze;

/// <summary>Analyses with a state database of their own, as the pipeline has them; and somebody who asks.</summary>
internal sealed class AnalysisRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteConnection _writing;
    private readonly AnalysisSettings _settings;

    public AnalysisRun(AnalysisSettings? settings = null)
    {
        _settings = settings ?? new AnalysisSettings();
        var text = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.Path, "state.db"), Pooling = false };
        _writing = new SqliteConnection(text.ToString());
        _writing.Open();
        using var wal = _writing.CreateCommand();
        // What a crash of the machine leaves is the pipeline's matter, and its tests'.
        wal.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF";
        wal.ExecuteNonQuery();
        Analyses = null!;
        Answers = null!;
        Start();
    }

    public ManualClock Clock { get; } = new();

    public Analyses Analyses { get; private set; }

    public Answers Answers { get; private set; }

    public List<ClusterState> Clusters { get; } = [];

    /// <summary>The last hour, and what is now.</summary>
    public AnswerFilter LastHour => new(new TimeRange(
        Clock.UnixNs - (3600L * 1_000_000_000), Clock.UnixNs + 1_000_000_000));

    /// <summary>Loses everything that was not saved, and goes on from the database.</summary>
    public void Start()
    {
        Analyses = new Analyses(_settings, Clock);
        Analyses.Load(_writing);
        Answers = new Answers(Analyses, _writing.ConnectionString, () => Clusters);
    }

    /// <summary>Lets readers see everything.</summary>
    public AnalysisRun Shown()
    {
        Clock.Pass(TimeSpan.FromSeconds(5));
        Analyses.Tick();
        return this;
    }

    public void Save(bool commit = true)
    {
        using var transaction = _writing.BeginTransaction();
        Analyses.Save(_writing, transaction);
        if (commit)
        {
            transaction.Commit();
        }
    }

    public long Rows(string table)
    {
        using var command = _writing.CreateCommand();
#pragma warning disable CA2100 // A table's name from a test.
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        _writing.Dispose();
        _folder.Dispose();
    }
}

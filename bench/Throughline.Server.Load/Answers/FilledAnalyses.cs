using Microsoft.Data.Sqlite;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Load.Answers;

/// <summary>Analyses that have as many series as they may, each with a value in every minute of the last hour.</summary>
internal sealed class FilledAnalyses : IDisposable
{
    private const int Topics = 50;
    private const int GroupsPerTopic = 4;
    private const int Partitions = 20;
    private const int Paths = 2_450;
    private const int ValuesPerMinute = 5;
    private const int Minutes = 60;

    private static readonly Measure[] Latencies =
        [Measure.Lag, Measure.Produce, Measure.InTopic, Measure.InClient, Measure.Processing, Measure.EndToEnd];

    private readonly SteppedClock _clock = new(DateTimeOffset.UtcNow.AddMinutes(-Minutes));
    private readonly Random _random = new(1);
    private readonly SqliteConnection _state;
    private readonly Analyses _analyses;

    /// <param name="folder">For the state database.</param>
    public FilledAnalyses(string folder)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "state.db"), Pooling = false }.ToString();
        _state = new SqliteConnection(text);
        _state.Open();
        using var wal = _state.CreateCommand();
        wal.CommandText = "PRAGMA journal_mode = WAL";
        wal.ExecuteNonQuery();
        _analyses = new Analyses(new AnalysisSettings(), _clock);
        _analyses.Load(_state);
        Answers = new Internal.Analyze.Answers(_analyses, text, static () => []);
    }

    public IAnswers Answers { get; }

    public int Series => _analyses.Rollup.Catalog.Count;

    public void Fill()
    {
        for (var minute = 0; minute < Minutes; minute++)
        {
            Count(1);
            _clock.Go(TimeSpan.FromMinutes(1));
            Save();
        }
    }

    /// <summary>What the pipeline's thread does in a second: counts, shows it, and every five seconds checkpoints.</summary>
    /// <param name="second">Which one.</param>
    public void LiveOn(int second)
    {
        Count(0.1);
        _clock.Go(TimeSpan.FromSeconds(1));
        _analyses.Tick();
        if (second % 5 == 4)
        {
            Save();
        }
    }

    public void Dispose() => _state.Dispose();

    private void Save()
    {
        using var transaction = _state.BeginTransaction();
        _analyses.Save(_state, transaction);
        transaction.Commit();
    }

    /// <param name="share">Of the series, the share that gets values.</param>
    private void Count(double share)
    {
        var now = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        for (var topic = 0; topic < Topics; topic++)
        {
            var topics = _analyses.Rollup.At(FamilyKey.TopicPartitions("c1", $"topic-{topic}"), now)!.Value;
            for (var partition = 0; partition < Partitions; partition++)
            {
                topics[Measure.SpanSentTo, partition].Seen(1);
                topics[Measure.MetricSentTo, partition].Counted(10);
            }

            for (var group = 0; group < GroupsPerTopic; group++)
            {
                CountGroup($"topic-{topic}", $"group-{group}", now, share);
            }
        }

        for (var path = 0; path < Paths; path++)
        {
            if (_random.NextDouble() < share)
            {
                Time(_analyses.Rollup.At(FamilyKey.Path($"s{path} → topic-{path % Topics} → s{path + 1}"), now)!.Value, "");
            }
        }
    }

    private void CountGroup(string topic, string group, long now, double share)
    {
        Time(_analyses.Rollup.At(FamilyKey.Group("c1", topic, group), now)!.Value, "");
        var partitions = _analyses.Rollup.At(FamilyKey.GroupPartitions("c1", topic, group), now)!.Value;
        for (var partition = 0; partition < Partitions; partition++)
        {
            if (_random.NextDouble() < share)
            {
                Time(partitions, Internal.Rollups.Partitions.NameOf(partition));
                partitions[Measure.BrokerLag, partition].Gauged(_random.Next(1000));
                partitions[Measure.MetricLagOffset, partition].Gauged(_random.Next(1000));
            }
        }
    }

    private void Time(RollupPart part, string detail)
    {
        foreach (var measure in Latencies)
        {
            for (var i = 0; i < ValuesPerMinute; i++)
            {
                part[measure, detail].Measured(1_000_000 * Math.Exp(2 * _random.NextDouble()), 1);
            }
        }
    }

    /// <summary>The hour that the rollups are filled with passes in seconds.</summary>
    private sealed class SteppedClock(DateTimeOffset begin) : TimeProvider
    {
        private long _ticks = begin.UtcTicks;

        public void Go(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
    }
}

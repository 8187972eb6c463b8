using Microsoft.Data.Sqlite;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Rollups;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// Everything that is counted and measured of what assembly found, before any sampling. Owned by the pipeline's thread,
/// which calls every method here; other threads ask <see cref="IAnswers"/>.
/// </summary>
internal sealed class Analyses : IAssembled
{
    private const long PublishEveryNs = 1_000_000_000;
    private const long PublishKeysEveryNs = 5_000_000_000;

    private readonly TimeProvider _time;
    private readonly Generations _generations = new();
    private readonly RollupStore _store;
    private readonly HopRecorder _hops;
    private readonly SpanRecorder _spans;
    private readonly CallRecorder _calls;
    private readonly OrphanRecorder _orphans;
    private readonly MetricRecorder _metrics;
    private readonly OffsetsBook _offsets = new();
    private readonly Acknowledged _acknowledged = new();
    private readonly BrokerRecorder _brokers;
    private ClusterWatchers? _watchers;
    private long _publishedUnixNs;
    private long _publishedKeysUnixNs;
    private long _written;

    public Analyses(AnalysisSettings settings, TimeProvider time)
    {
        _time = time;
        Settings = settings;
        Rollup = new Rollup(settings.Rollups, _generations);
        Examples = new Examples(settings);
        Keys = new HotKeys(settings);
        SlowHops = new SlowHops(settings);
        MetricSeries = new MetricSeriesBook(settings);
        _store = new RollupStore(Rollup, settings.Rollups, _generations);
        _hops = new HopRecorder(Rollup, Scopes, Examples, SlowHops);
        _spans = new SpanRecorder(Rollup, Scopes, new SendRecorder(Rollup, Keys, _acknowledged, Examples), Examples);
        _calls = new CallRecorder(Rollup);
        _orphans = new OrphanRecorder(Rollup, Examples);
        _metrics = new MetricRecorder(Rollup, Scopes, MetricSeries);
        _brokers = new BrokerRecorder(Rollup, Scopes, _offsets, _acknowledged, Examples);
        Now();
    }

    public AnalysisSettings Settings { get; }

    public Rollup Rollup { get; }

    public ClusterScopes Scopes { get; } = new();

    public Examples Examples { get; }

    public HotKeys Keys { get; }

    public SlowHops SlowHops { get; }

    public MetricSeriesBook MetricSeries { get; }

    /// <summary>Takes over what the last checkpoint had; makes, or upgrades, the tables. Called once, before anything else.</summary>
    /// <exception cref="InvalidDataException">The database was written by a later version of the program.</exception>
    public void Load(SqliteConnection connection)
    {
        Now();
        _store.Load(connection);
        AnalysisStore.Load(connection, Examples, SlowHops, MetricSeries);
        _offsets.Load(connection);
    }

    /// <summary>Takes what these watchers see, from the next <see cref="Tick"/> on. They are started and ended elsewhere.</summary>
    public void Watch(ClusterWatchers watchers) => _watchers = watchers;

    public void Settled(SettledTrace trace)
    {
        Now();
        foreach (var span in trace.Spans)
        {
            _spans.Take(span);
        }

        _calls.Take(trace.Spans);
        foreach (var hop in trace.Hops)
        {
            _hops.Take(hop);
        }

        foreach (var span in trace.Ambiguous)
        {
            _orphans.Ambiguous(span);
        }
    }

    public void Orphaned(Orphan orphan)
    {
        Now();
        _orphans.Take(orphan);
    }

    public void ParentCameLate(Orphan orphan)
    {
        Now();
        _orphans.TakeBack(orphan);
    }

    public void Take(MetricPoint point)
    {
        Now();
        _metrics.Take(point);
    }

    public void Take(ClusterSettings cluster, ClusterView view)
    {
        Now();
        _brokers.Take(cluster, view);
    }

    /// <summary>To be called every second or so, also when nothing happens: shows readers what is new.</summary>
    public void Tick()
    {
        while (_watchers?.TryTake(out var seen) == true)
        {
            Take(seen.Cluster, seen.View);
        }

        var now = Now();
        Keys.Now(now);
        if (now - _publishedUnixNs >= PublishEveryNs)
        {
            _publishedUnixNs = now;
            Rollup.Publish();
            Examples.Publish();
        }

        if (now - _publishedKeysUnixNs >= PublishKeysEveryNs)
        {
            _publishedKeysUnixNs = now;
            Keys.Publish();
        }
    }

    /// <summary>Shows readers everything at once, for whoever knows that no more comes.</summary>
    public void Publish()
    {
        Keys.Now(Now());
        Rollup.Publish();
        Examples.Publish();
        Keys.Publish();
    }

    /// <summary>
    /// Writes what the database does not have, in the checkpoint's transaction. Whether that was committed is found out the
    /// next time: if it was not, everything is written again.
    /// </summary>
    public void Save(SqliteConnection connection, SqliteTransaction transaction)
    {
        Now();
        Examples.Publish();
        var isCommitted = _store.Stored(connection, transaction) == _written;
        AnalysisStore.Save(connection, transaction, Examples, isCommitted);
        AnalysisStore.Save(connection, transaction, SlowHops, isCommitted);
        AnalysisStore.Save(connection, transaction, MetricSeries, isCommitted);
        _offsets.Save(connection, transaction, isCommitted);
        _written = _generations.Current;
        _store.Save(connection, transaction);
    }

    private long Now()
    {
        var unixNs = UnixTime.Of(_time.GetUtcNow());
        Rollup.Now(unixNs);
        return unixNs;
    }
}

namespace Throughline.Server.Internal.Rollups;

/// <summary>
/// Counts and measures, by minute. Owned by the pipeline's thread. What was counted is handed over as layers that never
/// change: to readers, and to a checkpoint, which adds them to what the store has. Nothing that is stored is kept here.
/// </summary>
internal sealed class Rollup
{
    private const long MinuteNs = 60_000_000_000;

    // Layers of a second each, between two checkpoints; more are made one.
    private const int LayersMax = 16;

    private readonly RollupSettings _settings;
    private readonly Generations _generations;
    private Dictionary<RollupRow, RollupBlock> _current = [];
    private RollupLayer[] _layers = [];
    private long _nowUnixNs;
    private long _tooOld;

    public Rollup(RollupSettings settings, Generations generations)
    {
        _settings = settings;
        _generations = generations;
        Catalog = new Catalog(settings);
    }

    public Catalog Catalog { get; }

    /// <summary>What readers add to what the store has; take it before the store is read.</summary>
    public RollupLayer[] Layers => Volatile.Read(ref _layers);

    /// <summary>Values that were older than the oldest rollup.</summary>
    public long TooOld => Volatile.Read(ref _tooOld);

    public int NowMinute => (int)(_nowUnixNs / MinuteNs);

    /// <summary>What time it is; called before anything is counted, and every second or so.</summary>
    public void Now(long unixNs) => _nowUnixNs = Math.Max(_nowUnixNs, unixNs);

    /// <summary>The values of a family at a time; null where that is too long ago, which is counted.</summary>
    public RollupPart? At(FamilyKey key, long unixNs)
    {
        var minute = (int)((unixNs > _nowUnixNs + (_settings.FutureMax.Ticks * 100) ? _nowUnixNs : unixNs) / MinuteNs);
        if (minute < NowMinute - (int)_settings.HoursKept.TotalMinutes)
        {
            _tooOld++;
            return null;
        }

        var row = new RollupRow(minute, Catalog.Family(key, NowMinute));
        if (!_current.TryGetValue(row, out var block))
        {
            _current.Add(row, block = new RollupBlock());
        }

        return new RollupPart(Catalog, row.Family, block);
    }

    /// <summary>Shows readers what was counted so far.</summary>
    public void Publish()
    {
        if (_current.Count == 0)
        {
            return;
        }

        RollupLayer[] layers = [.. _layers, new RollupLayer(_generations.Current, _current)];
        _current = [];
        Volatile.Write(ref _layers, layers.Length > LayersMax ? AsOne(layers) : layers);
    }

    /// <summary>The store has everything up to this generation: nobody needs it from here.</summary>
    public void Committed(long generation) =>
        Volatile.Write(ref _layers, [.. _layers.Where(layer => layer.Generation > generation)]);

    /// <summary>The layers' sums. The layers stay as they are: somebody may read them.</summary>
    public static Dictionary<RollupRow, RollupBlock> Sum(IEnumerable<RollupLayer> layers)
    {
        var rows = new Dictionary<RollupRow, RollupBlock>();
        foreach (var (row, block) in layers.SelectMany(static layer => layer.Rows))
        {
            if (!rows.TryGetValue(row, out var sum))
            {
                rows.Add(row, sum = new RollupBlock());
            }

            sum.Add(block);
        }

        return rows;
    }

    private static RollupLayer[] AsOne(RollupLayer[] layers) =>
        [.. layers.GroupBy(static layer => layer.Generation).Select(static same => new RollupLayer(same.Key, Sum(same)))];
}

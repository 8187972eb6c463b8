using Microsoft.Data.Sqlite;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>One question in work: a view of the rollups, and the names of clusters as answers show them.</summary>
internal sealed class Question : IDisposable
{
    private const long MinuteNs = 60_000_000_000;

    private readonly RollupView _view;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, string> _onlyCluster;
    private readonly Dictionary<Family, FamilyKey> _shown = [];

    public Question(Analyses analyses, SqliteConnection connection, AnswerFilter filter, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        Filter = filter;
        _view = new RollupView(analyses.Rollup, analyses.Settings.Rollups, connection, analyses.Rollup.NowMinute);
        (From, To) = _view.Cover(MinuteOf(filter.Range.FromUnixNs), MinuteAtOrAfter(filter.Range.ToUnixNs));
        _onlyCluster = OnlyClusters(analyses.Rollup.Catalog.Families);
    }

    public AnswerFilter Filter { get; }

    /// <summary>Unix minutes.</summary>
    public int From { get; }

    /// <summary>Before this one.</summary>
    public int To { get; }

    public double Seconds => (To - From) * 60.0;

    /// <summary>
    /// Which cluster a topic's or group's figures are shown under: what tells of no cluster belongs to the only one that
    /// has such a topic.
    /// </summary>
    public string ClusterOf(FamilyKey key) => ClusterScopes.IsCluster(key.First) ? key.First
        : _onlyCluster.TryGetValue(key.Second, out var only) && only.Length > 0 ? only
        : key.First;

    /// <summary>Whether cluster, topic and group are those that are asked for.</summary>
    public bool IsWanted(FamilyKey key) =>
        (Filter.Topic is null || Filter.Topic == key.Second)
        && (Filter.Group is null || key.Third.Length == 0 || Filter.Group == key.Third)
        && (Filter.Cluster is null || Filter.Cluster == ClusterOf(key));

    /// <param name="kind">Which kind of families.</param>
    /// <param name="measures">What of them.</param>
    /// <param name="where">Which of them; null for all.</param>
    /// <param name="nameOf">What each series is counted as; null for itself.</param>
    /// <param name="pointMinutes">For values over time.</param>
    public RollupQuery Query(
        FamilyKind kind,
        IReadOnlySet<Measure> measures,
        Func<FamilyKey, bool>? where = null,
        Func<Series, RollupName>? nameOf = null,
        int pointMinutes = 0) =>
        new(kind, From, To, measures, where, pointMinutes, nameOf);

    /// <summary>All results of such a query.</summary>
    public IReadOnlyCollection<RollupResult> Read(
        FamilyKind kind,
        IReadOnlySet<Measure> measures,
        Func<FamilyKey, bool>? where = null,
        Func<Series, RollupName>? nameOf = null,
        int pointMinutes = 0) =>
        Read(Query(kind, measures, where, nameOf, pointMinutes));

    public IReadOnlyCollection<RollupResult> Read(RollupQuery query) => _view.Read(query, _cancellationToken);

    /// <summary>
    /// The rows that are shown and one more, where there is one. Of very many few are: which ones is found by counts alone,
    /// and only these are added up in full.
    /// </summary>
    /// <param name="query">Gives all rows.</param>
    /// <param name="shownAs">The key that a row's name has, by its family's; it is the same for few families.</param>
    /// <param name="order">Puts rows with nothing but counts in the order in which they are shown.</param>
    public IEnumerable<RowValues> ReadShown(
        RollupQuery query, Func<FamilyKey, FamilyKey> shownAs, Func<IEnumerable<RowValues>, IEnumerable<RowValues>> order)
    {
        var counted = RowValues.Of(Read(query with { IsOfCounts = true }), query.Measures);
        var shown = order(counted).Take(Filter.Limit + 1).Select(static row => (row.Name, row.PointMinute)).ToList();
        var families = shown.Select(static row => row.Name.Family).ToHashSet();
        var full = query with
        {
            Where = key => query.Where?.Invoke(key) != false && families.Contains(shownAs(key)),
            Only = shown.ToHashSet(),
        };
        var rows = RowValues.Of(Read(full), query.Measures).ToDictionary(static row => (row.Name, row.PointMinute));

        // A family that was forgotten in between, to make room, is in the first only.
        return shown.Where(rows.ContainsKey).Select(row => rows[row]);
    }

    /// <summary>What is wanted of topics or groups, by their shown name.</summary>
    public Dictionary<FamilyKey, SeriesValues> ReadByName(FamilyKind kind, IReadOnlySet<Measure> measures)
    {
        var values = new Dictionary<FamilyKey, SeriesValues>();
        foreach (var result in Read(kind, measures, AllWanted ? null : IsWanted, series => new(Shown(series.Family), series.Detail)))
        {
            if (!values.TryGetValue(result.Name.Family, out var one))
            {
                values.Add(result.Name.Family, one = new SeriesValues());
            }

            one.Add(result.Measure, result.Name.Detail, result.Value);
        }

        return values;
    }

    /// <summary>A topic's or group's key with the cluster that is shown.</summary>
    public FamilyKey Shown(FamilyKey key) => key with { First = ClusterOf(key) };

    /// <summary>The same of a family: all of its series have one.</summary>
    public FamilyKey Shown(Family family)
    {
        if (!_shown.TryGetValue(family, out var key))
        {
            _shown.Add(family, key = Shown(family.Key));
        }

        return key;
    }

    public Answer<T> Answer<T>(IEnumerable<T> rows)
    {
        var all = rows.Take(Filter.Limit + 1).ToList();
        var isCutShort = all.Count > Filter.Limit;
        return new Answer<T>(Range, isCutShort ? all[..Filter.Limit] : all, isCutShort);
    }

    /// <summary>Neither a cluster nor a topic nor a group is named.</summary>
    public bool AllWanted => Filter.Topic is null && Filter.Group is null && Filter.Cluster is null;

    public TimeRange Range => new(From * MinuteNs, To * MinuteNs);

    public void Dispose() => _view.Dispose();

    // Not by adding first: the end of all time is a time that is asked for.
    private static int MinuteAtOrAfter(long unixNs) =>
        (int)Math.Clamp(unixNs / MinuteNs + (unixNs % MinuteNs > 0 ? 1 : 0), 0, int.MaxValue);

    private static int MinuteOf(long unixNs) => (int)Math.Clamp(unixNs / MinuteNs, 0, int.MaxValue);

    /// <summary>By topic: the only cluster that has it; empty where there are several.</summary>
    private static Dictionary<string, string> OnlyClusters(IEnumerable<Family> families)
    {
        var only = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var family in families)
        {
            var key = family.Key;
            if (key.Kind is FamilyKind.Service or FamilyKind.Path or FamilyKind.Call || !ClusterScopes.IsCluster(key.First))
            {
                continue;
            }

            only[key.Second] = !only.TryGetValue(key.Second, out var known) || known == key.First ? key.First : "";
        }

        return only;
    }
}

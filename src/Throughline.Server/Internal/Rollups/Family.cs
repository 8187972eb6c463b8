namespace Throughline.Server.Internal.Rollups;

/// <summary>The series that belong together, and are kept together: a topic's, a group's on a topic, a service's.</summary>
internal sealed class Family(int id, FamilyKey key)
{
    private readonly Dictionary<(Measure Measure, string Detail), Series> _series = [];

    /// <summary>Never used for another one.</summary>
    public int Id => id;

    public FamilyKey Key => key;

    /// <summary>When something was last counted here, by the server's clock: Unix minutes.</summary>
    public int SeenMinute { get; set; }

    public int Count => _series.Count;

    public IReadOnlyCollection<Series> Series => _series.Values;

    public Series? Find(Measure measure, string detail) => _series.GetValueOrDefault((measure, detail));

    public void Add(Series series) => _series.Add((series.Measure, series.Detail), series);
}

namespace Throughline.Server.Internal.Rollups;

/// <summary>What a store does not know yet of the catalog. It is kept until a checkpoint with it was committed.</summary>
internal sealed class CatalogChanges
{
    private readonly List<Family> _families = [];
    private readonly List<Series> _series = [];
    private readonly List<Family> _forgotten = [];
    private (int Families, int Series, int Forgotten) _written;

    public IReadOnlyList<Family> Families => _families;

    public IReadOnlyList<Series> Series => _series;

    public IReadOnlyList<Family> ForgottenFamilies => _forgotten;

    public void Added(Family family) => _families.Add(family);

    public void Added(Series series) => _series.Add(series);

    public void Forgotten(Family family) => _forgotten.Add(family);

    /// <summary>All of it was written, in a transaction that is not committed yet.</summary>
    public void Written() => _written = (_families.Count, _series.Count, _forgotten.Count);

    /// <summary>That transaction was committed.</summary>
    public void Committed()
    {
        _families.RemoveRange(0, _written.Families);
        _series.RemoveRange(0, _written.Series);
        _forgotten.RemoveRange(0, _written.Forgotten);
        _written = default;
    }
}

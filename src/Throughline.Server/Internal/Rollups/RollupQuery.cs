namespace Throughline.Server.Internal.Rollups;

/// <summary>What is asked of the rollups.</summary>
/// <param name="Kind">Which kind of families.</param>
/// <param name="FromMinute">Unix minutes.</param>
/// <param name="ToMinute">Before this one.</param>
/// <param name="Measures">What is wanted of them.</param>
/// <param name="Where">Which families; null for all.</param>
/// <param name="PointMinutes">A value for each span of that many minutes; 0 for one value.</param>
/// <param name="NameOf">
/// What a series is counted as; null for itself. Series of one measure that have one name are added up as they are read.
/// </param>
internal sealed record RollupQuery(
    FamilyKind Kind,
    int FromMinute,
    int ToMinute,
    IReadOnlySet<Measure> Measures,
    Func<FamilyKey, bool>? Where = null,
    int PointMinutes = 0,
    Func<Series, RollupName>? NameOf = null)
{
    /// <summary>Only counts are read, which is much less work than distributions.</summary>
    public bool IsOfCounts { get; init; }

    /// <summary>Which results, by name and point; null for all. The others are not added up.</summary>
    public IReadOnlySet<(RollupName Name, int Point)>? Only { get; init; }
}

namespace Throughline.Server.Internal.Rollups;

/// <summary>The values of one family in one minute, to count on at once.</summary>
internal readonly struct RollupPart(Catalog catalog, Family family, RollupBlock block)
{
    public RollupValue this[Measure measure, string detail] => block.Value(catalog.Series(family, measure, detail).Id);

    public RollupValue this[Measure measure, int partition] => this[measure, Partitions.NameOf(partition)];
}

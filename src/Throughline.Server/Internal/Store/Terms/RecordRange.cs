namespace Throughline.Server.Internal.Store.Terms;

/// <summary>The records of a partition whose offset is within two, both included.</summary>
internal readonly record struct RecordRange(string Topic, int Partition, long Least, long Greatest)
{
    /// <summary>Offsets that are looked up one by one; of more, the rows are left to other parts of the query.</summary>
    public const int NarrowMax = 1024;

    public bool IsNarrow => (Int128)Greatest - Least < NarrowMax;

    /// <summary>The part of it that a piece of a segment may have; null for none.</summary>
    public RecordRange? Within(long least, long greatest) =>
        Least <= greatest && Greatest >= least
            ? this with { Least = Math.Max(Least, least), Greatest = Math.Min(Greatest, greatest) }
            : null;

    /// <summary>One for each record; of a narrow range.</summary>
    public IEnumerable<ulong> Terms()
    {
        for (var offset = Least; offset <= Greatest; offset++)
        {
            yield return Term.Record(Topic, Partition, offset);
        }
    }
}

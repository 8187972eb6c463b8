namespace Throughline.Server.Internal.Store.Terms;

/// <summary>Least and greatest offset that some spans name of one partition: offsets grow with time, so most segments can be
/// passed over when a range of them is asked for.</summary>
/// <param name="Partition">Of <see cref="Term.Partition"/>.</param>
/// <param name="Least">Included.</param>
/// <param name="Greatest">Included.</param>
internal readonly record struct OffsetSpread(ulong Partition, long Least, long Greatest)
{
    public OffsetSpread With(OffsetSpread other) =>
        this with { Least = Math.Min(Least, other.Least), Greatest = Math.Max(Greatest, other.Greatest) };
}

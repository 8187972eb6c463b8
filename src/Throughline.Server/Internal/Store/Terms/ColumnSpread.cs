namespace Throughline.Server.Internal.Store.Terms;

/// <summary>Least and greatest number in a <see cref="LogColumn"/>, both included; of rows that have one.</summary>
internal readonly record struct ColumnSpread(byte Least, byte Greatest)
{
    /// <summary>Of no rows.</summary>
    public static ColumnSpread None => new(byte.MaxValue, LogScale.Missing);

    public bool Overlaps(byte from, byte to) => Greatest >= from && Least <= to;

    public ColumnSpread With(byte number) =>
        number == LogScale.Missing ? this : new ColumnSpread(Math.Min(Least, number), Math.Max(Greatest, number));
}

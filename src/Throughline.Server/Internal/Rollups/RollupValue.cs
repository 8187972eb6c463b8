namespace Throughline.Server.Internal.Rollups;

/// <summary>
/// What one series adds up to over a time: a count, a sum, extremes, and percentiles where its measure has them. Two add
/// up to one, in any order.
/// </summary>
internal sealed class RollupValue
{
    private const byte HasExtremes = 1;
    private const byte HasSketch = 2;

    /// <summary>Weighted where it is made of spans.</summary>
    public double Count { get; private set; }

    /// <summary>Of the values; of counts by spans, how many spans were seen.</summary>
    public double Sum { get; private set; }

    /// <summary><see cref="double.PositiveInfinity"/> where there was no value.</summary>
    public double Min { get; private set; } = double.PositiveInfinity;

    /// <summary><see cref="double.NegativeInfinity"/> where there was no value.</summary>
    public double Max { get; private set; } = double.NegativeInfinity;

    public Sketch? Sketch { get; private set; }

    public double Mean => Count > 0 ? Sum / Count : 0;

    /// <summary>Something happened that many times.</summary>
    public void Counted(double times) => Count += times;

    /// <summary>A span stands for that many of its kind.</summary>
    public void Seen(double weight)
    {
        Count += weight;
        Sum++;
    }

    /// <summary>That many values, of which only the sum is known: a histogram's.</summary>
    public void Totalled(double count, double sum)
    {
        Count += count;
        Sum += sum;
    }

    /// <summary>A value at one time: a gauge's.</summary>
    public void Gauged(double value)
    {
        Count++;
        Sum += value;
        Stretch(value, value);
    }

    /// <summary>A value whose distribution is wanted.</summary>
    public void Measured(double value, double weight)
    {
        Count += weight;
        Sum += value * weight;
        Stretch(value, value);
        (Sketch ??= new Sketch()).Add(value, weight);
    }

    public void Add(RollupValue other)
    {
        Count += other.Count;
        Sum += other.Sum;
        Stretch(other.Min, other.Max);
        if (other.Sketch is { } sketch)
        {
            (Sketch ??= new Sketch()).Merge(sketch);
        }
    }

    /// <summary>Within the extremes, which are exact.</summary>
    public double Quantile(double share) =>
        Sketch is { IsEmpty: false } sketch ? Math.Clamp(sketch.Quantile(share), Min, Max) : 0;

    public void Write(ByteWriter to)
    {
        var extremes = Min <= Max;
        to.Varint((ulong)((extremes ? HasExtremes : 0) | (Sketch is null ? 0 : HasSketch)));
        to.Number(Count);
        to.Number(Sum);
        if (extremes)
        {
            to.Number(Min);
            to.Number(Max);
        }

        Sketch?.Write(to);
    }

    /// <summary>Adds what <see cref="Write"/> wrote.</summary>
    public void Read(ref ByteReader from)
    {
        var has = from.Varint();
        Count += from.Number();
        Sum += from.Number();
        if ((has & HasExtremes) != 0)
        {
            Stretch(from.Number(), from.Number());
        }

        if ((has & HasSketch) != 0)
        {
            (Sketch ??= new Sketch()).Read(ref from);
        }
    }

    /// <summary>Adds only the count of what <see cref="Write"/> wrote.</summary>
    public void ReadCount(ref ByteReader from)
    {
        from.Varint();
        Count += from.Number();
    }

    private void Stretch(double low, double high)
    {
        Min = Math.Min(Min, low);
        Max = Math.Max(Max, high);
    }
}

namespace Throughline.Server.Internal.Rollups;

/// <summary>
/// How values are distributed, for percentiles: counts in buckets that grow by a constant factor, so that any percentile
/// is within <see cref="RelativeError"/> of a value that was there. Two of them merge without a loss of accuracy.
/// </summary>
/// <remarks>After DDSketch (Masson, Rim, Lee: VLDB 2019). Values below one are counted as zero: they are nanoseconds.</remarks>
internal sealed class Sketch
{
    /// <summary>How far a percentile may be from a value that was added: one hundredth of it.</summary>
    public const double RelativeError = 0.01;

    /// <summary>Larger values are counted as this one: three years, in nanoseconds.</summary>
    public const double ValueMax = 1e17;

    /// <summary>Buckets between one and <see cref="ValueMax"/>: no sketch has more.</summary>
    public const int BucketsMax = 1958;

    private const double Growth = (1 + RelativeError) / (1 - RelativeError);

    // Buckets that are looked at one by one before the others are searched.
    private const int Near = 8;

    private static readonly double GrowthLog = Math.Log(Growth);

    private short[] _indexes = [];
    private double[] _counts = [];
    private double _zeros;

    /// <summary>Buckets in use.</summary>
    public int Buckets { get; private set; }

    public bool IsEmpty => Buckets == 0 && _zeros == 0;

    public void Add(double value, double weight)
    {
        if (value < 1)
        {
            _zeros += weight;
            return;
        }

        AddBucket(Index(value), weight);
    }

    public void Merge(Sketch other)
    {
        _zeros += other._zeros;
        var at = 0;
        for (var i = 0; i < other.Buckets; i++)
        {
            AddBucket(other._indexes[i], other._counts[i], ref at);
        }
    }

    /// <summary>The value below which this share of all values lies; 0 when there are none.</summary>
    /// <param name="share">From 0 to 1: 0.95 for the 95th percentile.</param>
    public double Quantile(double share)
    {
        var total = _zeros;
        for (var i = 0; i < Buckets; i++)
        {
            total += _counts[i];
        }

        // The element of that rank among all, counted from 0: weights need not be whole.
        var rank = share * Math.Max(0, total - 1);
        var before = _zeros;
        if (before > rank || Buckets == 0)
        {
            return 0;
        }

        for (var i = 0; i < Buckets; i++)
        {
            before += _counts[i];
            if (before > rank)
            {
                return Middle(_indexes[i]);
            }
        }

        return Middle(_indexes[Buckets - 1]);
    }

    public void Write(ByteWriter to)
    {
        to.Number(_zeros);
        to.Varint((ulong)Buckets);
        var previous = 0;
        for (var i = 0; i < Buckets; i++)
        {
            to.Varint((ulong)(_indexes[i] - previous));
            to.Number(_counts[i]);
            previous = _indexes[i];
        }
    }

    /// <summary>Adds what <see cref="Write"/> wrote.</summary>
    public void Read(ref ByteReader from)
    {
        _zeros += from.Number();
        var buckets = from.Varint();
        if (buckets > BucketsMax)
        {
            throw new InvalidDataException($"A sketch of {buckets} buckets: {BucketsMax} are the most there can be.");
        }

        ulong index = 0;
        var at = 0;
        for (ulong i = 0; i < buckets; i++)
        {
            index += from.Varint();
            if (index > BucketsMax)
            {
                throw new InvalidDataException($"A sketch's bucket {index}: {BucketsMax} is the last there can be.");
            }

            AddBucket((short)index, from.Number(), ref at);
        }
    }

    private static short Index(double value) =>
        (short)Math.Clamp(Math.Ceiling(Math.Log(Math.Min(value, ValueMax)) / GrowthLog), 0, BucketsMax);

    /// <summary>The value that is at most <see cref="RelativeError"/> away from both ends of the bucket.</summary>
    private static double Middle(short index) => 2 * Math.Pow(Growth, index) / (Growth + 1);

    private void AddBucket(short index, double weight)
    {
        var at = 0;
        AddBucket(index, weight, ref at);
    }

    /// <param name="index">Which one.</param>
    /// <param name="weight">How much.</param>
    /// <param name="at">Where to look from: all before are lesser. Where it is, then: whoever adds in order goes on from there.</param>
    private void AddBucket(short index, double weight, ref int at)
    {
        // Values come in neighbourhoods, and merges in order: mostly it is one of the next, or behind them all.
        at = Buckets > 0 && _indexes[Buckets - 1] < index ? Buckets : at;
        for (var near = Math.Min(at + Near, Buckets); at < near && _indexes[at] < index;)
        {
            at++;
        }

        if (at < Buckets && _indexes[at] < index)
        {
            var found = Array.BinarySearch(_indexes, at, Buckets - at, index);
            at = found < 0 ? ~found : found;
        }

        if (at < Buckets && _indexes[at] == index)
        {
            _counts[at] += weight;
            return;
        }

        Insert(at, index, weight);
    }

    private void Insert(int at, short index, double weight)
    {
        if (Buckets == _indexes.Length)
        {
            var size = Math.Max(4, Buckets * 2);
            Array.Resize(ref _indexes, size);
            Array.Resize(ref _counts, size);
        }

        Array.Copy(_indexes, at, _indexes, at + 1, Buckets - at);
        Array.Copy(_counts, at, _counts, at + 1, Buckets - at);
        _indexes[at] = index;
        _counts[at] = weight;
        Buckets++;
    }
}

namespace Throughline.Server.Load.Generation;

/// <summary>Draws numbers of which few are frequent and many are rare, as names are in real systems.</summary>
internal sealed class Zipf
{
    private readonly double[] _cumulated;

    /// <param name="count">Numbers, from 0 on.</param>
    /// <param name="exponent">1: the second is half as frequent as the first, the third a third.</param>
    public Zipf(int count, double exponent = 1)
    {
        _cumulated = new double[count];
        double sum = 0;
        for (var i = 0; i < count; i++)
        {
            _cumulated[i] = sum += 1 / Math.Pow(i + 1, exponent);
        }

        for (var i = 0; i < count; i++)
        {
            _cumulated[i] /= sum;
        }
    }

    public int Next(Random random)
    {
        var at = Array.BinarySearch(_cumulated, random.NextDouble());
        return Math.Min(at < 0 ? ~at : at, _cumulated.Length - 1);
    }
}

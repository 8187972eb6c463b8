using System.Numerics;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>
/// A number of nanoseconds in one byte, so that a segment's durations are a short column: powers of two, each in four
/// parts. It never decreases while the number grows, which is all that a range needs; the edges are compared in full.
/// </summary>
internal static class LogScale
{
    /// <summary>Of a span that has no such number.</summary>
    public const byte Missing = 0;

    /// <summary>Of zero and whatever is below.</summary>
    public const byte Lowest = 1;

    public static byte Of(long nanoseconds)
    {
        if (nanoseconds <= 0)
        {
            return Lowest;
        }

        if (nanoseconds < 4)
        {
            return (byte)(Lowest + nanoseconds);
        }

        var power = BitOperations.Log2((ulong)nanoseconds);
        var part = (int)(nanoseconds >> (power - 2)) & 3;
        return (byte)Math.Min(byte.MaxValue, (4 * (power - 1)) + part + 1);
    }
}

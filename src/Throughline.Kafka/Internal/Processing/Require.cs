namespace Throughline.Kafka.Internal.Processing;

/// <summary>Refuses options out of their range, by name.</summary>
internal static class Require
{
    /// <exception cref="ArgumentException">It is out of range; the message names it, its value, and what is allowed.</exception>
    internal static void InRange<T>(T value, T min, T max, string option)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"{option} is {value}; allowed: {min} to {max}."), nameof(option));
        }
    }
}

using System.Globalization;

namespace Throughline.Kafka.Internal;

/// <summary>What a wrong option is told with: its name, its value, what is allowed.</summary>
internal static class OptionRefusal
{
    internal static ArgumentException Of(string option, string value, string allowed, Exception? cause = null) =>
        new($"{option} is {value}; allowed: {allowed}.", nameof(option), cause);

    internal static void ThrowUnlessBetween<T>(string option, T value, T min, T max)
        where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            throw Of(option, Text(value), $"{Text(min)} to {Text(max)}");
        }

        static string Text(T number) => number.ToString(null, CultureInfo.InvariantCulture);
    }

    internal static void ThrowUnlessUpToTenSeconds(string option, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromSeconds(10))
        {
            throw Of(option, $"{value}", "more than zero, up to ten seconds");
        }
    }
}

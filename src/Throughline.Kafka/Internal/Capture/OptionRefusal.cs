namespace Throughline.Kafka.Internal.Capture;

/// <summary>What a wrong option is told with: its name, its value, what is allowed.</summary>
internal static class OptionRefusal
{
    internal static ArgumentException Of(string option, string value, string allowed, Exception? cause = null) =>
        new($"{option} is {value}; allowed: {allowed}.", nameof(option), cause);

    internal static void ThrowUnlessBetween(string option, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            throw Of(option, $"{value}", $"{min} to {max}");
        }
    }

    internal static void ThrowUnlessUpToTenSeconds(string option, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromSeconds(10))
        {
            throw Of(option, $"{value}", "more than zero, up to ten seconds");
        }
    }
}

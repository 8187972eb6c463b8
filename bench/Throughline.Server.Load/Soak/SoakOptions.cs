using System.Globalization;

namespace Throughline.Server.Load.Soak;

/// <summary>How long a server is under load, and how little it keeps, so that all of it comes and goes meanwhile.</summary>
internal sealed record SoakOptions
{
    public const string Usage = "soak [--seconds N] [--rate SPANS_PER_SECOND] [--kept SECONDS]";

    public int Seconds { get; init; } = 600;

    public int Rate { get; init; } = 20_000;

    /// <summary>How long spans are kept, and figures of a minute.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromSeconds(120);

    /// <exception cref="ArgumentException">An argument is not known, or its value no number.</exception>
    public static SoakOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SoakOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new ArgumentException($"{arguments[i]} has no number. {Usage}", nameof(arguments));
            options = arguments[i] switch
            {
                "--seconds" => options with { Seconds = value },
                "--rate" => options with { Rate = value },
                "--kept" => options with { Kept = TimeSpan.FromSeconds(value) },
                _ => throw new ArgumentException($"{arguments[i]} is not known. {Usage}", nameof(arguments)),
            };
        }

        return options;
    }
}

using System.Globalization;

namespace Throughline.Server.Load.Replay;

/// <summary>What is replayed at a server.</summary>
internal sealed record ReplayOptions
{
    /// <summary>Spans a second that are wanted; 0 for as many as are taken.</summary>
    public int Rate { get; init; }

    public int Seconds { get; init; } = 30;

    public int Connections { get; init; } = 4;

    public int SpansPerRequest { get; init; } = 256;

    /// <summary>Another OTLP/HTTP address in place of a server of ours: then only what it takes is measured.</summary>
    public Uri? Peer { get; init; }

    /// <exception cref="ArgumentException">An argument is not known, or its value no number that is allowed.</exception>
    public static ReplayOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ReplayOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} has no value.", nameof(arguments));
            options = arguments[i] switch
            {
                "--rate" => options with { Rate = Number(value, 0, 10_000_000) },
                "--seconds" => options with { Seconds = Number(value, 1, 86_400) },
                "--connections" => options with { Connections = Number(value, 1, 256) },
                "--spans-per-request" => options with { SpansPerRequest = Number(value, 1, 10_000) },
                "--peer" => options with { Peer = new Uri(value) },
                _ => throw new ArgumentException(
                    $"replay does not know {arguments[i]}; it knows --rate, --seconds, --connections, --spans-per-request, --peer.", nameof(arguments)),
            };
        }

        return options;
    }

    private static int Number(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new ArgumentException($"'{text}' is no number from {min} to {max}.", nameof(text));
}

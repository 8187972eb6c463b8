using System.Globalization;

namespace Throughline.Benchmarks.Load;

/// <summary>How much is measured, and where.</summary>
/// <param name="Records">Records sent as fast as they go, a run.</param>
/// <param name="Rounds">Runs of each contender, in turns.</param>
/// <param name="BootstrapServers">A Kafka that is there; <see langword="null"/> for one of its own.</param>
internal sealed record LoadOptions(int Records = 500_000, int Rounds = 5, string? BootstrapServers = null)
{
    internal const string Usage = "bench load [--records N] [--rounds R] [--bootstrap-servers HOST:PORT]";

    /// <summary>False where an argument is unknown, or its value is not allowed.</summary>
    internal static bool TryParse(string[] arguments, out LoadOptions options)
    {
        options = new();
        for (var at = 0; at < arguments.Length; at += 2)
        {
            var value = at + 1 < arguments.Length ? arguments[at + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            LoadOptions? changed = arguments[at] switch
            {
                "--records" when isNumber => options with { Records = number },
                "--rounds" when isNumber => options with { Rounds = number },
                "--bootstrap-servers" when value.Length > 0 => options with { BootstrapServers = value },
                _ => null,
            };
            if (changed is null)
            {
                return false;
            }

            options = changed;
        }

        return true;
    }
}

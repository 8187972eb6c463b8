using System.Globalization;

namespace Throughline.Kafka.Loss;

/// <summary>How much is sent and done.</summary>
/// <param name="Records">Records to send.</param>
/// <param name="Seconds">Over how long.</param>
/// <param name="Members">Consumer processes.</param>
/// <param name="Seed">Of the faults' order and times.</param>
internal sealed record LossOptions(int Records = 200_000, int Seconds = 60, int Members = 3, int Seed = 1)
{
    internal const int Partitions = 12;

    /// <summary>Each record takes a send of its own, and each transaction four requests that three nodes must agree on.</summary>
    internal static readonly LossOptions OfTransactions = new(Records: 20_000);

    /// <summary>The options with what the arguments change; <see langword="null"/> where one of them is not allowed.</summary>
    internal LossOptions? With(IReadOnlyList<string> arguments)
    {
        var options = this;
        for (var at = 0; at < arguments.Count; at += 2)
        {
            var value = at + 1 < arguments.Count ? arguments[at + 1] : null;
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            LossOptions? changed = arguments[at] switch
            {
                "--records" when number is >= 1 and <= 10_000_000 => options with { Records = number },
                "--seconds" when number is >= 1 and <= 3600 => options with { Seconds = number },
                "--members" when number is >= 1 and <= 12 => options with { Members = number },
                "--seed" when isNumber => options with { Seed = number },
                _ => null,
            };
            if (changed is null)
            {
                return null;
            }

            options = changed;
        }

        return options;
    }
}

namespace Throughline.Kafka.Internal.Processing;

/// <summary><see cref="ProcessingOptions"/>, checked and frozen.</summary>
internal sealed record ProcessingLimits(
    int Workers, ProcessingOrder Order, int InFlightMax, TimeSpan DrainTimeout, TimeSpan CommitInterval)
{
    private const int WorkersMax = 10_000;
    private const int InFlightLimit = 1_000_000;

    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);

    /// <exception cref="ArgumentException">An option is not allowed; the message names it, its value, and what is.</exception>
    internal static ProcessingLimits Of(ProcessingOptions? options)
    {
        options ??= new();
        OptionRefusal.ThrowUnlessBetween(nameof(ProcessingOptions.Workers), options.Workers, 1, WorkersMax);
        OptionRefusal.ThrowUnlessBetween(nameof(ProcessingOptions.InFlightMax), options.InFlightMax, options.Workers, InFlightLimit);
        OptionRefusal.ThrowUnlessBetween(nameof(ProcessingOptions.DrainTimeout), options.DrainTimeout, TimeSpan.Zero, LongestTime);
        OptionRefusal.ThrowUnlessBetween(nameof(ProcessingOptions.CommitInterval), options.CommitInterval, TimeSpan.FromMilliseconds(10), LongestTime);
        if (!Enum.IsDefined(options.Order))
        {
            throw new ArgumentException(
                $"{nameof(ProcessingOptions.Order)} is {options.Order}; allowed: {string.Join(", ", Enum.GetNames<ProcessingOrder>())}.",
                nameof(options));
        }

        return new(options.Workers, options.Order, options.InFlightMax, options.DrainTimeout, options.CommitInterval);
    }
}

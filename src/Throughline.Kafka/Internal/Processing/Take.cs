namespace Throughline.Kafka.Internal.Processing;

/// <summary>What a worker takes from a lane at a time.</summary>
/// <param name="CountMax">Records at most.</param>
/// <param name="WaitMax">How long a record may wait for others to be taken with it; zero: not at all.</param>
internal sealed record Take(int CountMax, TimeSpan WaitMax)
{
    internal static readonly Take One = new(1, TimeSpan.Zero);

    internal bool Waits => WaitMax > TimeSpan.Zero;

    /// <exception cref="ArgumentException">An option is not allowed; the message names it, its value, and what is.</exception>
    internal static Take Of(BatchOptions options, ProcessingLimits limits)
    {
        OptionRefusal.ThrowUnlessBetween(nameof(BatchOptions.SizeMax), options.SizeMax, 1, limits.InFlightMax);
        OptionRefusal.ThrowUnlessBetween(nameof(BatchOptions.WaitMax), options.WaitMax, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        return new(options.SizeMax, options.WaitMax);
    }
}

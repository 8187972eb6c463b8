namespace Throughline.Kafka.Internal.Transactions;

/// <summary><see cref="TransactionOptions"/>, checked and frozen.</summary>
internal sealed record TransactionLimits(
    int RecordsMax, TimeSpan OpenTimeMax, int AttemptsMax, TimeSpan RetryDelay, TimeSpan CallTimeout)
{
    internal static readonly TimeSpan RetryDelayMax = TimeSpan.FromSeconds(5);

    private const int RecordsLimit = 100_000;
    private const int AttemptsLimit = 1000;

    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);

    /// <exception cref="ArgumentException">An option is not allowed; the message names it, its value, and what is.</exception>
    internal static TransactionLimits Of(TransactionOptions? options)
    {
        options ??= new();
        OptionRefusal.ThrowUnlessBetween(nameof(TransactionOptions.RecordsMax), options.RecordsMax, 1, RecordsLimit);
        OptionRefusal.ThrowUnlessBetween(nameof(TransactionOptions.OpenTimeMax), options.OpenTimeMax, TimeSpan.FromMilliseconds(1), LongestTime);
        OptionRefusal.ThrowUnlessBetween(nameof(TransactionOptions.AttemptsMax), options.AttemptsMax, 1, AttemptsLimit);
        OptionRefusal.ThrowUnlessBetween(nameof(TransactionOptions.RetryDelay), options.RetryDelay, TimeSpan.Zero, RetryDelayMax);
        OptionRefusal.ThrowUnlessBetween(nameof(TransactionOptions.CallTimeout), options.CallTimeout, TimeSpan.FromSeconds(1), LongestTime);
        return new(options.RecordsMax, options.OpenTimeMax, options.AttemptsMax, options.RetryDelay, options.CallTimeout);
    }

    /// <summary>The wait after so many failed attempts: double for each, up to a bound.</summary>
    internal TimeSpan DelayAfter(int failed)
    {
        const int doublingsMax = 16;
        var delay = RetryDelay * (1 << Math.Clamp(failed - 1, 0, doublingsMax));
        return delay < RetryDelayMax ? delay : RetryDelayMax;
    }
}

namespace Throughline.Kafka.Internal.Failures;

/// <summary><see cref="RetryOptions"/>, checked and frozen.</summary>
internal sealed record RetrySettings(int AttemptsMax, Backoff Backoff, Func<Exception, bool>? ShouldRetry, AttemptTelling Telling)
{
    internal static RetrySettings Of(RetryOptions options)
    {
        Refuse(options, options.AttemptsMax < 1, nameof(options.AttemptsMax), options.AttemptsMax, "1 or more");
        Refuse(options, options.BackoffInitial < TimeSpan.Zero, nameof(options.BackoffInitial), options.BackoffInitial, "0 or more");
        Refuse(options, !(options.BackoffFactor >= 1), nameof(options.BackoffFactor), options.BackoffFactor, "1 or more");
        Refuse(
            options,
            options.BackoffMax < options.BackoffInitial || options.BackoffMax > TimeSpan.FromDays(1),
            nameof(options.BackoffMax),
            options.BackoffMax,
            $"{nameof(options.BackoffInitial)} or more, up to one day");
        Refuse(options, options.BackoffJitter is not (>= 0 and <= 1), nameof(options.BackoffJitter), options.BackoffJitter, "0 to 1");
        Refuse(options, !Enum.IsDefined(options.Telling), nameof(options.Telling), options.Telling, "a value of AttemptTelling");
        var backoff = new Backoff(
            options.BackoffInitial, options.BackoffFactor, options.BackoffMax, options.BackoffJitter, options.JitterSeed);
        return new(options.AttemptsMax, backoff, options.ShouldRetry, options.Telling);
    }

    private static void Refuse(RetryOptions options, bool isWrong, string name, object value, string allowed)
    {
        if (isWrong)
        {
            throw new ArgumentException($"{nameof(RetryOptions)}.{name} is {value}; allowed: {allowed}.", nameof(options));
        }
    }
}

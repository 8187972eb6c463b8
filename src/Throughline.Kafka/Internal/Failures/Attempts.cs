using System.Diagnostics;
using Throughline.Kafka.Internal.Processing;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>Calls a handler until it succeeds, or its attempts are used up, and tells each.</summary>
internal sealed class Attempts(RetrySettings settings, Tracing tracing)
{
    /// <summary>Runs in the scope of a record or a batch, which stays current. Throws only where the cancellation ended it.</summary>
    /// <param name="topic">The record's, or the batch's first.</param>
    /// <param name="process">The process span, if one is recorded.</param>
    /// <param name="call">Calls the user's handler.</param>
    /// <param name="stop">The loop's end, which a handler may know of.</param>
    /// <param name="cancellationToken">Ends a pause, and the handler.</param>
    internal async Task<AttemptOutcome> RunAsync(
        string topic, Activity? process, Func<CancellationToken, Task> call, CancellationToken stop, CancellationToken cancellationToken)
    {
        var recorded = process is { IsAllDataRequested: true } ? process : null;
        for (var attempt = 1; ; attempt++)
        {
            var failure = await TryAsync(topic, recorded, attempt, call, stop, cancellationToken).ConfigureAwait(false);
            if (failure is null || attempt >= settings.AttemptsMax || !ShouldRetry(failure))
            {
                TellCount(recorded, attempt);
                return new(attempt, failure);
            }

            var pause = settings.Backoff.After(attempt);
            TellFailed(recorded, attempt, failure, pause);
            FailureMetrics.CountRetry(tracing.Client, topic, failure);
            await Task.Delay(pause, tracing.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Exception?> TryAsync(
        string topic,
        Activity? process,
        int attempt,
        Func<CancellationToken, Task> call,
        CancellationToken stop,
        CancellationToken cancellationToken)
    {
        var span = settings.Telling == AttemptTelling.ChildSpans && process is not null
            ? AttemptSpan.Start(topic, process, attempt)
            : null;
        try
        {
            await call(cancellationToken).ConfigureAwait(false);
            AsideSpan.End(span, null, null);
            return null;
        }
        catch (Exception exception)
        {
            AsideSpan.End(span, KafkaErrorNames.Of(exception), exception.Message);
            if (GivingUp.Is(exception, stop, cancellationToken))
            {
                throw;
            }

            return exception;
        }
    }

    private bool ShouldRetry(Exception failure)
    {
        try
        {
            return settings.ShouldRetry?.Invoke(failure) ?? true;
        }
        catch (Exception exception)
        {
            Faults.Contain("hook.should_retry", exception);
            return true;
        }
    }

    private void TellFailed(Activity? process, int attempt, Exception failure, TimeSpan pause)
    {
        if (settings.Telling != AttemptTelling.Events)
        {
            return;
        }

        process?.AddEvent(new(AttributeNames.AttemptFailedEvent, tags: new()
        {
            [AttributeNames.Attempt] = attempt,
            [AttributeNames.AttemptBackoff] = pause.TotalMilliseconds,
            [AttributeNames.ExceptionType] = failure.GetType().FullName,
            [AttributeNames.ExceptionMessage] = failure.Message,
        }));
    }

    private static void TellCount(Activity? process, int attempts)
    {
        if (attempts > 1)
        {
            process?.SetTag(AttributeNames.AttemptCount, attempts);
        }
    }
}

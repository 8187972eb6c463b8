using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>
/// What processing does with a record that could not be processed: 1. decide where it goes; 2. send it there and wait for the
/// acknowledgement; 3. tell so on its process span. One for each processing run.
/// </summary>
internal sealed class FailureRouter
{
    private readonly RoutingSettings _settings;
    private readonly Tracing _tracing;
    private readonly Forwarder _forwarder;

    internal FailureRouter(FailureRouting options, Tracing tracing)
    {
        _settings = new(options);
        _tracing = tracing;
        var producer = options.Producer as TracingProducer<byte[], byte[]> ?? options.Producer.WithTracing();
        _forwarder = new(producer, new FailureHeaders(_settings, tracing), _settings, tracing.Time);
    }

    /// <summary>
    /// The time before which a record must not be processed; <see langword="null"/> where it can be at once. Never later than
    /// the topic's own delay from now: clocks differ.
    /// </summary>
    internal DateTimeOffset? DueOf(string topic, Headers? headers)
    {
        var delayMax = _settings.DelayMaxOf(topic);
        if (delayMax <= TimeSpan.Zero || FailureTrail.Read(headers)?.NotBeforeMs is not { } notBeforeMs)
        {
            return null;
        }

        var now = _tracing.Time.GetUtcNow();
        var waitMs = Math.Min(notBeforeMs - now.ToUnixTimeMilliseconds(), delayMax.TotalMilliseconds);
        return waitMs > 0 ? now.AddMilliseconds(waitMs) : null;
    }

    /// <summary>Sends the record on, in its process scope, which has been told of the failure.</summary>
    /// <returns><see langword="false"/> where it has nowhere to go: its exception is the caller's.</returns>
    /// <exception cref="ForwardException">It could not be sent.</exception>
    /// <exception cref="OperationCanceledException">The cancellation came first; the record is unfinished.</exception>
    internal async Task<bool> TryRouteAsync(
        FailedRecord record, Exception failure, Activity? process, CancellationToken cancellationToken)
    {
        // 1.
        if (RouteOf(record, failure) is not { } route)
        {
            return false;
        }

        // 2. Under the process span, whatever a handler has left current.
        Activity.Current = process;
        var detail = await _forwarder.SendAsync(record, route, failure, process, cancellationToken).ConfigureAwait(false);

        // 3.
        FailureMetrics.CountForwarded(_tracing.Client, record.Place.Topic, failure, route);
        Tell(process, route, detail);
        return true;
    }

    private FailureRoute? RouteOf(FailedRecord record, Exception failure)
    {
        var topic = record.Place.Topic;
        if (topic == _settings.DeadLetterTopic)
        {
            // It would go round for ever.
            return null;
        }

        var round = _settings.IsRetryTopic(topic) ? FailureTrail.Read(record.Headers)?.Round ?? 0 : 0;
        if (round < _settings.RetryTopics.Count && !record.IsUnreadable && !IsPermanent(failure))
        {
            var next = _settings.RetryTopics[round];
            return new(next.Name, IsDeadLetter: false, round + 1, next.Delay);
        }

        return _settings.DeadLetterTopic is { } deadLetters ? new(deadLetters, IsDeadLetter: true, round, TimeSpan.Zero) : null;
    }

    private bool IsPermanent(Exception failure)
    {
        try
        {
            return _settings.IsPermanent?.Invoke(failure) ?? false;
        }
        catch (Exception exception)
        {
            Faults.Contain("hook.is_permanent", exception);
            return false;
        }
    }

    private static void Tell(Activity? process, in FailureRoute route, HeaderDetail detail)
    {
        if (process is not { IsAllDataRequested: true })
        {
            return;
        }

        process.SetTag(AttributeNames.ProcessOutcome, route.IsDeadLetter ? "dead_lettered" : "retry_scheduled");
        process.SetTag(AttributeNames.FailureDestination, route.Topic);
        if (detail != HeaderDetail.All)
        {
            process.SetTag(AttributeNames.FailureHeadersTrimmed, FailureText.Trimmed(detail));
        }
    }
}

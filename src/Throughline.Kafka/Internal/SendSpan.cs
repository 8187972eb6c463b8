using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Sizes;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>
/// Follows one send from its start to its delivery report, and ends it once, by whichever comes first: report, failure,
/// enqueueing without reports, or the producer's disposal. From then on it may follow another send: see
/// <see cref="SendsInFlight{TKey,TValue}"/>.
/// </summary>
internal sealed class SendSpan<TKey, TValue>(SendsInFlight<TKey, TValue> inFlight)
{
    private StartedSend _started;
    private Action<DeliveryReport<TKey, TValue>>? _handler;
    private Action<DeliveryReport<TKey, TValue>>? _report;

    internal Activity? Activity => _started.Activity;

    // These belong to SendsInFlight, under its lock.
    internal bool IsInFlight { get; private set; }

    internal SendSpan<TKey, TValue>? Previous { get; set; }

    internal SendSpan<TKey, TValue>? Next { get; set; }

    /// <summary>Whether the inner client holds, or held, a delivery handler that leads here.</summary>
    internal bool IsGivenAway => _report is not null;

    internal void Follow(in StartedSend started)
    {
        _started = started;
        IsInFlight = true;
    }

    internal StartedSend Leave()
    {
        IsInFlight = false;
        return _started;
    }

    internal void Forget()
    {
        _started = default;
        _handler = null;
    }

    /// <summary>The delivery handler to give to the inner client, around the caller's own.</summary>
    internal Action<DeliveryReport<TKey, TValue>> Around(Action<DeliveryReport<TKey, TValue>>? handler)
    {
        _handler = handler;
        return _report ??= Report;
    }

    /// <summary>Ends the span by the result of <c>ProduceAsync</c>.</summary>
    internal void Deliver(DeliveryResult<TKey, TValue> result) =>
        End(null, null, result.Partition, result.Offset);

    /// <param name="exception">What Produce threw.</param>
    /// <param name="headers">The headers that the record went with; with <paramref name="triedWithout"/>, those of the first try.</param>
    /// <param name="triedWithout">It was tried without trace headers, too.</param>
    internal void Fail(Exception exception, Headers? headers, bool triedWithout)
    {
        var refused = exception as ProduceException<TKey, TValue>;
        var place = refused?.DeliveryResult?.TopicPartitionOffset;
        End(
            KafkaErrorNames.Of(exception),
            exception.Message,
            place?.Partition ?? Partition.Any,
            place?.Offset ?? Offset.Unset,
            _started.SizeRefused(refused?.Error, headers, triedWithout));
    }

    /// <summary>Ends the span without knowing what became of the record.</summary>
    internal void EndUnknown() => End(null, null, Partition.Any, Offset.Unset);

    private void End(string? errorType, string? error, Partition partition, Offset offset, SizeRefusal? size = null)
    {
        if (inFlight.TryEnd(this, out var started))
        {
            started.Tell(errorType, error, partition, offset, size);
            started.Stop();
        }
    }

    // Runs the caller's handler inside this send's span and baggage, then ends the span, as of the report's arrival. On
    // the client's poll thread.
    private void Report(DeliveryReport<TKey, TValue> report)
    {
        // Read first: once the send has ended, this may follow another one.
        var handler = _handler;
        if (!inFlight.TryEnd(this, out var started))
        {
            handler?.Invoke(report);
            return;
        }

        // An error's text is asked of librdkafka each time, a good report's "Success" too.
        var errorType = KafkaErrorNames.OfFailure(report.Error);
        if (errorType is null)
        {
            started.Tell(null, null, report.Partition, report.Offset);
        }
        else
        {
            var size = started.SizeRefused(report.Error, report.Message?.Headers);
            started.Tell(errorType, report.Error.Reason, report.Partition, report.Offset, size);
        }

        if (started.Activity is null || handler is null)
        {
            started.Stop();
            handler?.Invoke(report);
            return;
        }

        try
        {
            using (AmbientCallback.Enter(started.Activity, started.Baggage))
            {
                handler(report);
            }
        }
        finally
        {
            started.Stop();
        }
    }
}

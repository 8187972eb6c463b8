using System.Diagnostics;
using Confluent.Kafka;
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

    internal void Fail(Exception exception)
    {
        var place = (exception as ProduceException<TKey, TValue>)?.DeliveryResult?.TopicPartitionOffset;
        End(KafkaErrorNames.Of(exception), exception.Message, place?.Partition ?? Partition.Any, place?.Offset ?? Offset.Unset);
    }

    /// <summary>Ends the span without knowing what became of the record.</summary>
    internal void EndUnknown() => End(null, null, Partition.Any, Offset.Unset);

    private void End(string? errorType, string? error, Partition partition, Offset offset)
    {
        if (inFlight.TryEnd(this, out var started))
        {
            started.Tell(errorType, error, partition, offset);
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
        started.Tell(errorType, errorType is null ? null : report.Error.Reason, report.Partition, report.Offset);
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

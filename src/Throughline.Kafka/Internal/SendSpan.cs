using System.Diagnostics;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>
/// One send from its start to its delivery report: owns the span (if one is recorded) and the metrics, and ends them
/// once, by whichever comes first: report, failure, enqueueing without reports, or the producer's disposal.
/// </summary>
internal sealed class SendSpan<TKey, TValue> : SendInFlight
{
    private readonly SendTracer _tracer;
    private readonly SpanShape _shape;
    private readonly Baggage _baggage;
    private readonly long _startTimestamp;
    private Action<DeliveryReport<TKey, TValue>>? _handler;
    private int _ended;

    internal SendSpan(SendTracer tracer, SpanShape shape, Activity? activity, in Baggage baggage)
    {
        _tracer = tracer;
        _shape = shape;
        _baggage = baggage;
        Activity = activity;
        if (activity is null)
        {
            _startTimestamp = tracer.Tracing.Time.GetTimestamp();
        }
        else
        {
            tracer.InFlight.Add(this);
        }
    }

    internal Activity? Activity { get; }

    /// <summary>The delivery handler to give to the inner client, around the caller's own.</summary>
    internal Action<DeliveryReport<TKey, TValue>> Around(Action<DeliveryReport<TKey, TValue>>? handler)
    {
        _handler = handler;
        return Report;
    }

    /// <summary>Ends the span by the result of <c>ProduceAsync</c>.</summary>
    internal void Deliver(DeliveryResult<TKey, TValue> result) =>
        End(null, null, result.Partition, result.Offset);

    internal void Fail(Exception exception) =>
        End(KafkaErrorNames.Of(exception), exception.Message, Partition.Any, Offset.Unset);

    /// <summary>Ends the span without knowing what became of the record.</summary>
    internal override void EndUnknown() => End(null, null, Partition.Any, Offset.Unset);

    // Runs the caller's handler inside this send's span and baggage, then ends the span, as of the report's arrival. On
    // the client's poll thread.
    private void Report(DeliveryReport<TKey, TValue> report)
    {
        var ended = TryEnd(KafkaErrorNames.OfFailure(report.Error), report.Error?.Reason, report.Partition, report.Offset);
        if (!ended || Activity is null || _handler is null)
        {
            Stop(ended);
            _handler?.Invoke(report);
            return;
        }

        var ambient = AmbientScope.Open(_baggage);
        try
        {
            Activity.Current = Activity;
            _handler(report);
        }
        finally
        {
            Close(in ambient);
        }
    }

    private void End(string? errorType, string? error, Partition partition, Offset offset) =>
        Stop(TryEnd(errorType, error, partition, offset));

    // Everything but stopping the activity, which ends what the caller's handler may add to it.
    private bool TryEnd(string? errorType, string? error, Partition partition, Offset offset)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return false;
        }

        try
        {
            if (Activity is not null)
            {
                _tracer.InFlight.Remove(this);
                Activity.SetEndTime(DateTime.UtcNow);
                Tell(Activity, errorType, error, partition, offset);
            }

            Measure(errorType, partition);
        }
        catch (Exception exception)
        {
            Faults.Contain("send.report", exception);
        }

        return true;
    }

    private void Tell(Activity activity, string? errorType, string? error, Partition partition, Offset offset)
    {
        var alsoV124 = _tracer.Tracing.Client.AlsoV124;
        if (partition.Value >= 0 && _shape.Partition < 0)
        {
            activity.AddTag(AttributeNames.PartitionId, PartitionText.Of(partition.Value));
            if (alsoV124)
            {
                activity.AddTag(AttributeNames.V124.Partition, partition.Value);
            }
        }

        if (!offset.IsSpecial)
        {
            object number = offset.Value;
            activity.AddTag(AttributeNames.Offset, number);
            if (alsoV124)
            {
                activity.AddTag(AttributeNames.V124.Offset, number);
            }
        }

        if (errorType is not null)
        {
            activity.AddTag(AttributeNames.ErrorType, errorType);
            activity.SetStatus(ActivityStatusCode.Error, error);
        }
        else if (offset.IsSpecial)
        {
            activity.AddTag(AttributeNames.SendOutcome, "unknown");
        }
    }

    private void Measure(string? errorType, Partition partition)
    {
        if (!Telemetry.SendMetricsEnabled)
        {
            return;
        }

        var tracing = _tracer.Tracing;
        int? known = partition.Value >= 0 ? partition.Value : _shape.Partition >= 0 ? _shape.Partition : null;
        var duration = Activity?.Duration ?? tracing.Time.GetElapsedTime(_startTimestamp);
        var tags = MetricTags.Of(Operation.Send, tracing.Client, _shape.Topic, known, errorType);
        Telemetry.SentMessages.Add(1, in tags);
        tags.Add(AttributeNames.OperationType, Operation.Send.Type);
        Telemetry.OperationDuration.Record(duration.TotalSeconds, in tags);
    }

    private void Stop(bool ended)
    {
        if (ended && Activity is not null)
        {
            AsideSpan.Stop(Activity);
        }
    }

    private void Close(in AmbientScope ambient)
    {
        try
        {
            ambient.Close(Activity);
        }
        catch (Exception exception)
        {
            Faults.Contain("send.end", exception);
        }
    }
}

using System.Diagnostics;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.Kafka.Internal.Metrics;
using Throughline.Kafka.Internal.Sizes;

namespace Throughline.Kafka.Internal;

/// <summary>What was started for one send, the span (if one is recorded) and the metrics, and how it is ended.</summary>
internal readonly struct StartedSend
{
    private readonly Tracing _tracing;
    private readonly SpanShape _shape;
    private readonly long _startTimestamp;
    private readonly MeasuringFlow _flow;

    internal StartedSend(Tracing tracing, SpanShape shape, Activity? activity, in MeasuringFlow flow, in Baggage baggage)
    {
        _tracing = tracing;
        _shape = shape;
        _flow = flow;
        _startTimestamp = activity is null ? tracing.Time.GetTimestamp() : 0;
        Activity = activity;
        Baggage = baggage;
    }

    internal Activity? Activity { get; }

    internal Baggage Baggage { get; }

    /// <summary>
    /// Tells how the send went, as of now. The activity is not stopped yet: the caller's handler may add to it.
    /// </summary>
    internal void Tell(string? errorType, string? error, Partition partition, Offset offset, SizeRefusal? size = null)
    {
        try
        {
            if (Activity is not null)
            {
                Activity.SetEndTime(DateTime.UtcNow);
                size?.Tell(Activity);
                Tell(Activity, errorType, size?.Explain(error) ?? error, partition, offset);
            }

            Measure(errorType, partition);
        }
        catch (Exception exception)
        {
            Faults.Contain("send.report", exception);
        }
    }

    /// <summary>What is to be told of a record that was refused for its size.</summary>
    internal SizeRefusal? SizeRefused(Error? error, Headers? headers, bool triedWithout = false) =>
        Activity is null ? null : SizeRefusal.Of(error, headers, _tracing, triedWithout);

    /// <summary>Ends the span beside the calling flow.</summary>
    internal void Stop()
    {
        if (Activity is not null)
        {
            AsideSpan.Stop(Activity);
        }
    }

    private void Tell(Activity activity, string? errorType, string? error, Partition partition, Offset offset)
    {
        var alsoV124 = _tracing.Client.AlsoV124;
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

        int? known = partition.Value >= 0 ? partition.Value : _shape.Partition >= 0 ? _shape.Partition : null;
        var duration = Activity?.Duration ?? _tracing.Time.GetElapsedTime(_startTimestamp);
        var tags = MetricTags.Of(Operation.Send, _tracing.Client, _shape.Topic, known, errorType);

        // The report came on the client's thread, where no span is current.
        using (_flow.Enter())
        {
            Telemetry.SentMessages.Add(1, in tags);
            tags.Add(AttributeNames.OperationType, Operation.Send.Type);
            Telemetry.OperationDuration.Record(duration.TotalSeconds, in tags);
        }
    }
}

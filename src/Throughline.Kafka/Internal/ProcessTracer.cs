using System.Diagnostics;
using Confluent.Kafka;
using OpenTelemetry;
using Throughline.Kafka.Internal.Failures;
using Throughline.Kafka.Internal.Logs;
using Throughline.Kafka.Internal.Metrics;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>Opens process scopes: extract, restore baggage, start the span, make it current.</summary>
internal sealed class ProcessTracer(Tracing tracing, ReceivedTimes receivedTimes)
{
    private readonly SpanShapes _shapes = new(Operation.Process, tracing.Client);
    private readonly TimeLag _lag = new(tracing);

    internal ExtractedContext Extract(Headers? headers) =>
        headers is { Count: > 0 } ? tracing.Propagator.Extract(new KafkaHeaders(headers)) : default;

    /// <summary>The scope of one record. Never throws.</summary>
    internal ProcessScope Open<TKey, TValue>(ConsumeResult<TKey, TValue> result, ProcessCorrelation? correlation)
    {
        try
        {
            if (result.Message is null)
            {
                // The end of a partition: there is no record.
                return ProcessScope.Inert;
            }

            var received = Extract(result.Message.Headers);
            var shape = _shapes.Of(result.Topic, result.Partition.Value);
            var how = correlation ?? tracing.CorrelationOf(result.Topic);
            var creation = received.ToActivityContext();
            var isTraced = Telemetry.Spans.HasListeners() && tracing.Hooks.Traces(result);
            var trail = isTraced ? FailureTrail.Read(result.Message.Headers) : null;
            var links = how == ProcessCorrelation.Parent ? null : trail?.Links(creation);
            var what = new ProcessedRecords(result.Topic, result.Partition.Value, result.Offset.Value);
            var scope = Open(shape, isTraced, creation, received.Baggage, how, links, what);
            Tell(scope.Activity, result, trail);
            _lag.Begun(result, scope.Activity);
            return scope;
        }
        catch (Exception exception)
        {
            Faults.Contain("process.start", exception);
            return ProcessScope.Inert;
        }
    }

    /// <summary>The scope of a batch: one span that links to its records' contexts. Never throws.</summary>
    internal ProcessScope OpenBatch<TKey, TValue>(IReadOnlyCollection<ConsumeResult<TKey, TValue>> results)
    {
        try
        {
            var batch = BatchLinks.Of(
                results,
                Extract,
                result => Telemetry.Spans.HasListeners() && tracing.Hooks.Traces(result),
                tracing.BatchLinksMax,
                tracing.Client.AlsoV124);
            var shape = batch.Topic is null ? _shapes.WithoutTopic() : _shapes.Of(batch.Topic, batch.Partition);
            var isTraced = batch.TracedCount > 0 || batch.MessageCount == 0;
            var what = new ProcessedRecords(batch.Topic, batch.Partition, BatchCount: batch.MessageCount);
            var scope = Open(shape, isTraced, default, default, ProcessCorrelation.Link, batch.Links, what);
            if (scope.Activity is { IsAllDataRequested: true } activity)
            {
                activity.SetTag(AttributeNames.BatchMessageCount, batch.MessageCount);
                if (batch.LeftOut > 0)
                {
                    activity.SetTag(AttributeNames.LinksLeftOut, batch.LeftOut);
                }
            }

            _lag.BatchBegun(results, scope.Activity);
            return scope;
        }
        catch (Exception exception)
        {
            Faults.Contain("process.start", exception);
            return ProcessScope.Inert;
        }
    }

    private ProcessScope Open(
        SpanShape shape,
        bool isTraced,
        in ActivityContext creation,
        in Baggage baggage,
        ProcessCorrelation correlation,
        ActivityLink[]? links,
        in ProcessedRecords what)
    {
        var measurement = Telemetry.ProcessDuration.Enabled
            ? new ProcessMeasurement(tracing, what.Topic, what.Partition >= 0 ? what.Partition : null)
            : null;
        var parent = correlation == ProcessCorrelation.Link ? default : creation;
        var linked = correlation == ProcessCorrelation.Parent ? default : creation;
        var ambient = AmbientScope.Open(baggage);
        var activity = (isTraced ? Start(shape, parent, linked, links) : null) ?? Forward(shape, creation);
        tracing.Logs?.Open(ambient, activity, what);
        ambient.Settle();
        measurement?.Started();
        return new ProcessScope(activity, ambient, measurement);
    }

    // Without a span: what the record carries is current. Where that is nothing, nothing is: not whatever was by accident.
    private static ForwardedActivity? Forward(SpanShape shape, in ActivityContext creation)
    {
        if (creation.TraceId != default)
        {
            return ForwardedActivity.Start(shape.Name, creation);
        }

        if (Activity.Current is not null)
        {
            Activity.Current = null;
        }

        return null;
    }

    // Links to what is linked, or where there are several to those.
    private Activity? Start(SpanShape shape, in ActivityContext parent, in ActivityContext linked, ActivityLink[]? links)
    {
        if (!Telemetry.Spans.HasListeners())
        {
            return null;
        }

        try
        {
            return links is null
                ? SpanStart.Under(parent, ActivityKind.Consumer, shape, _shapes.LeanStarts, linked)
                : SpanStart.Under(parent, ActivityKind.Consumer, shape, links);
        }
        catch (Exception exception)
        {
            // A sampler or a processor of the user's SDK; the half-started span it may have left current is replaced.
            Faults.Contain("process.start", exception);
            return null;
        }
    }

    private void Tell<TKey, TValue>(Activity? activity, ConsumeResult<TKey, TValue> result, FailureTrail? trail)
    {
        if (activity is not { IsAllDataRequested: true })
        {
            return;
        }

        try
        {
            trail?.Tell(activity);
            TellRecord(activity, result);
        }
        catch (Exception exception)
        {
            // The span is open, whatever it lacks.
            Faults.Contain("process.tell", exception);
        }

        tracing.Hooks.Enrich(activity, result);
    }

    // Added, not set: nothing else writes these names, and setting one searches all that are there.
    private void TellRecord<TKey, TValue>(Activity activity, ConsumeResult<TKey, TValue> result)
    {
        object offset = result.Offset.Value;
        activity.AddTag(AttributeNames.Offset, offset);
        if (tracing.Client.AlsoV124)
        {
            activity.AddTag(AttributeNames.V124.Offset, offset);
        }

        var timestamp = result.Message.Timestamp;
        if (timestamp.Type != TimestampType.NotAvailable)
        {
            activity.AddTag(AttributeNames.RecordTimestamp, timestamp.UnixTimestampMs);
            activity.AddTag(AttributeNames.RecordTimestampType, TimestampTypeText.Of(timestamp.Type));
        }

        if (receivedTimes.Of(result.Topic, result.Partition, result.Offset) is { } unixNano)
        {
            activity.AddTag(AttributeNames.RecordReceived, unixNano);
        }

        tracing.Capture.Tell(activity, result.Topic, result.Message);
    }
}

using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Metrics;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>A <c>commit</c> span for each commit, the application's and the client's own.</summary>
internal sealed class CommitTracer(Tracing tracing)
{
    private readonly SpanShapes _shapes = new(Operation.Commit, tracing.Client);

    /// <summary>Runs the application's commit inside a span. What it throws is the caller's.</summary>
    /// <param name="places">What is committed, as far as it is known before; several topics have no name in common.</param>
    /// <param name="commit">The commit; returns what was committed.</param>
    internal List<TopicPartitionOffset> Run(Func<IReadOnlyCollection<TopicPartition>?> places, Func<List<TopicPartitionOffset>> commit)
    {
        if (!IsTold)
        {
            return commit();
        }

        var startTimestamp = tracing.Time.GetTimestamp();
        var shape = ShapeOf(_shapes, places);
        MeasuringFlow flow = default;
        var span = tracing.CommitSpans ? Start(shape, out flow) : null;
        span?.AddTag(AttributeNames.CommitTrigger, "manual");
        Exception? failure = null;
        try
        {
            return commit();
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            End(_shapes, tracing.Time, span, flow, shape, startTimestamp, failure);
        }
    }

    /// <summary>The span of a commit that the client made by itself. It tells of it only afterwards, so the span has no length.</summary>
    internal void Automatic(CommittedOffsets committed)
    {
        if (!tracing.AutomaticCommitSpans || committed.Error?.Code == ErrorCode.Local_NoOffset)
        {
            return;
        }

        try
        {
            var shape = ShapeOf(_shapes, () => [.. committed.Offsets.Select(offset => offset.TopicPartition)]);
            var span = Start(shape, out _);
            span?.AddTag(AttributeNames.CommitTrigger, "automatic");
            var error = FirstError(committed);
            AsideSpan.End(span, KafkaErrorNames.OfFailure(error), error?.Reason);
        }
        catch (Exception exception)
        {
            Faults.Contain("commit", exception);
        }
    }

    /// <summary>A commit is of one partition, of one topic, or of several: only what is common is told.</summary>
    internal static SpanShape ShapeOf(SpanShapes shapes, Func<IReadOnlyCollection<TopicPartition>?> placesOf)
    {
        try
        {
            if (placesOf() is { Count: > 0 } places)
            {
                var first = places.First();
                if (places.All(place => place.Topic == first.Topic))
                {
                    return shapes.Of(first.Topic, places.Count == 1 ? first.Partition.Value : Partition.Any.Value);
                }
            }
        }
        catch (Exception exception)
        {
            // A client that cannot say what it has assigned, such as one being closed.
            Faults.Contain("commit", exception);
        }

        return shapes.WithoutTopic();
    }

    /// <summary>Ends a commit, whatever it is of: its span, where there is one, and its duration.</summary>
    internal static void End(
        SpanShapes shapes, TimeProvider time, Activity? span, in MeasuringFlow flow, SpanShape shape, long startTimestamp, Exception? failure)
    {
        try
        {
            var errorType = failure is null ? null : KafkaErrorNames.Of(failure);
            AsideSpan.End(span, errorType, failure?.Message);
            if (Telemetry.OperationDuration.Enabled)
            {
                var topic = shape.Topic.Length > 0 ? shape.Topic : null;
                int? partition = shape.Partition >= 0 ? shape.Partition : null;
                var tags = MetricTags.Of(shapes.Operation, shapes.Client, topic, partition, errorType);
                tags.Add(AttributeNames.OperationType, shapes.Operation.Type);
                var duration = span?.Duration ?? time.GetElapsedTime(startTimestamp);
                using (flow.Enter())
                {
                    Telemetry.OperationDuration.Record(duration.TotalSeconds, in tags);
                }
            }
        }
        catch (Exception exception)
        {
            Faults.Contain("commit", exception);
        }
    }

    private Activity? Start(SpanShape shape, out MeasuringFlow flow)
    {
        if (tracing.Hooks.Hides(shape.Topic))
        {
            flow = default;
            return null;
        }

        return AsideSpan.Start(Operation.Commit, shape, AmbientContext.NearestRunning(Activity.Current), null, null, out flow);
    }

    private static Error? FirstError(CommittedOffsets committed) => committed.Error is { IsError: true }
        ? committed.Error
        : committed.Offsets.Select(offset => offset.Error).FirstOrDefault(error => error is { IsError: true });

    private static bool IsTold => Telemetry.Spans.HasListeners() || Telemetry.OperationDuration.Enabled;
}

using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>A <c>commit</c> span for each commit, the application's and the client's own.</summary>
internal sealed class CommitTracer(Tracing tracing)
{
    private readonly SpanShapes _shapes = new(Operation.Commit, tracing.Client);

    /// <summary>Runs the application's commit inside a span. What it throws is the caller's.</summary>
    /// <param name="offsets">What is committed; <see langword="null"/> when only the client knows, until it says so.</param>
    /// <param name="commit">The commit; returns what was committed where the client says so.</param>
    internal List<TopicPartitionOffset>? Run(
        IReadOnlyCollection<TopicPartitionOffset>? offsets, Func<List<TopicPartitionOffset>?> commit)
    {
        var startTimestamp = tracing.Time.GetTimestamp();
        var span = tracing.CommitSpans ? Start(ShapeOf(offsets)) : null;
        span?.SetTag(AttributeNames.CommitTrigger, "manual");
        try
        {
            var committed = commit();
            if (offsets is null && committed is not null)
            {
                Rename(span, committed);
            }

            End(span, offsets ?? committed, startTimestamp, null, null);
            return committed;
        }
        catch (Exception exception)
        {
            End(span, offsets, startTimestamp, KafkaErrorNames.Of(exception), exception.Message);
            throw;
        }
    }

    /// <summary>The span of a commit that the client made by itself. It tells of it only afterwards, so the span has no length.</summary>
    internal void Automatic(CommittedOffsets committed)
    {
        if (!tracing.CommitSpans || committed.Error?.Code == ErrorCode.Local_NoOffset)
        {
            return;
        }

        try
        {
            var shape = ShapeOf([.. committed.Offsets.Select(offset => offset.TopicPartitionOffset)]);
            var span = Start(shape);
            span?.SetTag(AttributeNames.CommitTrigger, "automatic");
            var error = FirstError(committed);
            AsideSpan.End(span, KafkaErrorNames.OfFailure(error), error?.Reason);
        }
        catch (Exception exception)
        {
            Faults.Contain("commit", exception);
        }
    }

    private static Activity? Start(SpanShape shape) =>
        AsideSpan.Start(Operation.Commit, shape, AmbientContext.NearestRunning(Activity.Current), null);

    private static Error? FirstError(CommittedOffsets committed) => committed.Error is { IsError: true }
        ? committed.Error
        : committed.Offsets.Select(offset => offset.Error).FirstOrDefault(error => error is { IsError: true });

    // A commit is of one topic, of one partition, or of several: only what is common is told.
    private SpanShape ShapeOf(IReadOnlyCollection<TopicPartitionOffset>? offsets)
    {
        if (offsets is null || offsets.Count == 0)
        {
            return _shapes.WithoutTopic();
        }

        var first = offsets.First();
        return offsets.All(offset => offset.Topic == first.Topic)
            ? _shapes.Of(first.Topic, offsets.Count == 1 ? first.Partition.Value : Partition.Any.Value)
            : _shapes.WithoutTopic();
    }

    private void Rename(Activity? span, List<TopicPartitionOffset> committed)
    {
        var shape = ShapeOf(committed);
        if (span is null || shape.Topic.Length == 0)
        {
            return;
        }

        span.DisplayName = shape.Name;
        foreach (var (name, value) in shape.StartTags)
        {
            span.SetTag(name, value);
        }
    }

    private void End(
        Activity? span, IReadOnlyCollection<TopicPartitionOffset>? offsets, long startTimestamp, string? errorType, string? error)
    {
        if (offsets is { Count: 1 })
        {
            span?.SetTag(AttributeNames.Offset, offsets.First().Offset.Value);
        }

        AsideSpan.End(span, errorType, error);
        if (Telemetry.OperationDuration.Enabled)
        {
            var shape = ShapeOf(offsets);
            int? partition = shape.Partition >= 0 ? shape.Partition : null;
            var tags = MetricTags.Of(Operation.Commit, tracing.Client, shape.Topic.Length > 0 ? shape.Topic : null, partition, errorType);
            tags.Add(AttributeNames.OperationType, Operation.Commit.Type);
            var duration = span?.Duration ?? tracing.Time.GetElapsedTime(startTimestamp);
            Telemetry.OperationDuration.Record(duration.TotalSeconds, in tags);
        }
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>
/// What is told of Consume: counts, when which record was received, and (by option) a <c>poll</c> span for each call that
/// returned a record or failed. Nothing here throws.
/// </summary>
/// <remarks>The span is as of Consume's return: the wait before it is the topic's emptiness, not work.</remarks>
internal sealed class PollTracer(Tracing tracing, ProcessTracer processes, ReceivedTimes receivedTimes)
{
    private readonly SpanShapes _shapes = new(Operation.Poll, tracing.Client);
    private long _lastTimestamp;

    /// <summary>How long ago Consume returned; <see langword="null"/> if it never did.</summary>
    internal TimeSpan? SinceLast => Volatile.Read(ref _lastTimestamp) is not 0 and var last ? tracing.Time.GetElapsedTime(last) : null;

    internal void Returned<TKey, TValue>(ConsumeResult<TKey, TValue>? result)
    {
        Volatile.Write(ref _lastTimestamp, tracing.Time.GetTimestamp());
        var listened = Telemetry.Spans.HasListeners();
        if (result?.Message is null || (!listened && !Telemetry.ConsumedMessages.Enabled))
        {
            return;
        }

        try
        {
            Count(Telemetry.ConsumedMessages, result.Topic, result.Partition, null);
            if (listened)
            {
                receivedTimes.Note(result.Topic, result.Partition, result.Offset);
                TellPoll(result);
            }
        }
        catch (Exception exception)
        {
            Faults.Contain("poll", exception);
        }
    }

    internal void Failed(ConsumeException failure)
    {
        Volatile.Write(ref _lastTimestamp, tracing.Time.GetTimestamp());
        try
        {
            var errorType = KafkaErrorNames.Of(failure);
            var place = failure.ConsumerRecord?.TopicPartitionOffset;
            Count(IsOfRecord(failure) ? Telemetry.ConsumedMessages : Telemetry.PollFailures, place?.Topic, place?.Partition, errorType);
            if (tracing.PollSpans)
            {
                var shape = place?.Topic is null ? _shapes.WithoutTopic() : _shapes.Of(place.Topic, place.Partition.Value);
                AsideSpan.End(Start(shape, null), errorType, failure.Message);
            }
        }
        catch (Exception exception)
        {
            Faults.Contain("poll", exception);
        }
    }

    private void TellPoll<TKey, TValue>(ConsumeResult<TKey, TValue> result)
    {
        if (!tracing.PollSpans || tracing.Hooks.Hides(result.Topic))
        {
            return;
        }

        var received = processes.Extract(result.Message.Headers);
        ActivityLink[]? links = received.HasTrace ? [new ActivityLink(received.ToActivityContext())] : null;
        var span = Start(_shapes.Of(result.Topic, result.Partition.Value), links);
        if (span is { IsAllDataRequested: true })
        {
            object offset = result.Offset.Value;
            span.AddTag(AttributeNames.Offset, offset);
            if (tracing.Client.AlsoV124)
            {
                span.AddTag(AttributeNames.V124.Offset, offset);
            }
        }

        AsideSpan.End(span, null, null);
    }

    private static Activity? Start(SpanShape shape, ActivityLink[]? links) =>
        AsideSpan.Start(Operation.Poll, shape, AmbientContext.NearestRunning(Activity.Current), links);

    // A record came that cannot be read. Any other failure is about no record, and no message was consumed.
    private static bool IsOfRecord(ConsumeException failure) =>
        failure.Error.Code is ErrorCode.Local_KeyDeserialization or ErrorCode.Local_ValueDeserialization;

    private void Count(Counter<long> counter, string? topic, Partition? partition, string? errorType)
    {
        if (counter.Enabled)
        {
            int? known = partition?.Value >= 0 ? partition.Value.Value : null;
            counter.Add(1, MetricTags.Of(Operation.Poll, tracing.Client, topic, known, errorType));
        }
    }
}

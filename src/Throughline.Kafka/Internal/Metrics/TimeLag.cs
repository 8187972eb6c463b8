using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>
/// The time from a record's timestamp to where its processing begins. A negative one says that two clocks differ, not how
/// long anything took: it is counted, and goes into no average. Nothing here throws.
/// </summary>
internal sealed class TimeLag(Tracing tracing)
{
    private readonly BatchedRecords _batched = new();

    /// <summary>A record's scope has opened: its span, if there is one, is current.</summary>
    internal void Begun<TKey, TValue>(ConsumeResult<TKey, TValue> result, Activity? span)
    {
        if (!IsMeasured)
        {
            return;
        }

        try
        {
            // Its batch may have told it.
            if (!_batched.Remove(result.Topic, result.Partition, result.Offset))
            {
                Record(result, Now(span));
            }
        }
        catch (Exception exception)
        {
            Faults.Contain("process.lag", exception);
        }
    }

    /// <summary>The scope of a batch has opened: processing begins for all of its records.</summary>
    internal void BatchBegun<TKey, TValue>(IReadOnlyCollection<ConsumeResult<TKey, TValue>> results, Activity? span)
    {
        if (!IsMeasured)
        {
            return;
        }

        try
        {
            var now = Now(span);
            foreach (var result in results)
            {
                if (result.Message is not null)
                {
                    Record(result, now);
                    _batched.Add(result.Topic, result.Partition, result.Offset);
                }
            }
        }
        catch (Exception exception)
        {
            Faults.Contain("process.lag", exception);
        }
    }

    private static bool IsMeasured => Telemetry.TimeLag.Enabled || Telemetry.ClockSkew.Enabled;

    // The span's own start where there is one: the lag that is read off the span is to be this.
    private DateTime Now(Activity? span) =>
        span is { IsAllDataRequested: true } ? span.StartTimeUtc : tracing.Time.GetUtcNow().UtcDateTime;

    private void Record<TKey, TValue>(ConsumeResult<TKey, TValue> result, DateTime now)
    {
        var timestamp = result.Message.Timestamp;
        if (timestamp.Type == TimestampType.NotAvailable)
        {
            return;
        }

        var lag = now - timestamp.UtcDateTime;
        var tags = MetricTags.OfLag(tracing.Client, result.Topic, result.Partition.Value);
        tags.Add(AttributeNames.RecordTimestampType, TimestampTypeText.Of(timestamp.Type));
        if (lag < TimeSpan.Zero)
        {
            Telemetry.ClockSkew.Add(1, in tags);
        }
        else
        {
            Telemetry.TimeLag.Record(lag.TotalSeconds, in tags);
        }
    }
}

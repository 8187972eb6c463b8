using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>
/// Makes the headers of a failed record on its way: 1. its own, in their order, without trace headers (the send puts its
/// own) and without those of an earlier round; 2. those that are set once; 3. those of this failure.
/// </summary>
internal sealed class FailureHeaders(RoutingSettings settings, Tracing tracing)
{
    private const int TypeBytesMax = 256;
    private const string FixedWidth = "D10";

    /// <param name="record">The record.</param>
    /// <param name="route">Where it goes.</param>
    /// <param name="failure">Why it could not be processed.</param>
    /// <param name="process">What is current while it was processed: the origin, where the record brought no context.</param>
    /// <param name="detail">How much to tell.</param>
    internal Headers Of(FailedRecord record, in FailureRoute route, Exception failure, Activity? process, HeaderDetail detail)
    {
        var trail = FailureTrail.Read(record.Headers);
        var earlier = settings.IsRetryTopic(record.Place.Topic) ? trail : null;
        var headers = new Headers();

        // 1.
        foreach (var header in record.Headers ?? [])
        {
            if (!tracing.Propagator.IsContextHeader(header.Key) && header.Key != FailureHeaderNames.Origin
                && !FailureHeaderNames.TellsFailure(header.Key))
            {
                headers.Add(header);
            }
        }

        if (detail == HeaderDetail.Nothing)
        {
            Add(headers, FailureHeaderNames.Trimmed, FailureText.Trimmed(detail));
            return headers;
        }

        // 2.
        AddOrigin(headers, record, trail, earlier, process);
        AddPlace(headers, record, earlier);

        // 3.
        Add(headers, FailureHeaderNames.Attempts, Fixed((earlier?.Attempts ?? 0) + record.Attempts));
        Add(headers, FailureHeaderNames.Round, Fixed(route.Round));
        var now = tracing.Time.GetUtcNow();
        if (!route.IsDeadLetter)
        {
            Add(headers, FailureHeaderNames.NotBefore, Number((now + route.Delay).ToUnixTimeMilliseconds()));
        }

        AddFailure(headers, failure, now, detail);
        return headers;
    }

    private void AddOrigin(Headers headers, FailedRecord record, FailureTrail? trail, FailureTrail? earlier, Activity? process)
    {
        var origin = trail?.Origin ?? default;
        if (!origin.IsValid && earlier is null)
        {
            origin = OriginOf(record, process);
        }

        if (origin.IsValid)
        {
            Add(headers, FailureHeaderNames.Origin, origin.ToString());
        }
    }

    private TraceParent OriginOf(FailedRecord record, Activity? process)
    {
        var received = record.Headers is { Count: > 0 } given ? tracing.Propagator.Extract(new KafkaHeaders(given)) : default;
        if (received.HasTrace)
        {
            return received.Trace;
        }

        return process is { IdFormat: ActivityIdFormat.W3C } and not ForwardedActivity ? TraceParent.From(process.Context) : default;
    }

    // What an application has copied onto a record of its own, with all other headers, is not that record's place.
    private static void AddPlace(Headers headers, FailedRecord record, FailureTrail? earlier)
    {
        var isKnown = earlier?.OriginalTopic is not null;
        var timestampMs = isKnown
            ? earlier!.OriginalTimestampMs
            : record.Timestamp.Type == TimestampType.NotAvailable ? null : record.Timestamp.UnixTimestampMs;
        Add(headers, FailureHeaderNames.OriginalTopic, isKnown ? earlier!.OriginalTopic! : record.Place.Topic);
        Add(headers, FailureHeaderNames.OriginalPartition, Number(isKnown ? earlier!.OriginalPartition : record.Place.Partition.Value));
        Add(headers, FailureHeaderNames.OriginalOffset, Number(isKnown ? earlier!.OriginalOffset : record.Place.Offset.Value));
        if (timestampMs is not null)
        {
            Add(headers, FailureHeaderNames.OriginalTimestamp, Number(timestampMs));
        }
    }

    private void AddFailure(Headers headers, Exception failure, DateTimeOffset now, HeaderDetail detail)
    {
        if (detail == HeaderDetail.PlaceOnly)
        {
            Add(headers, FailureHeaderNames.Trimmed, FailureText.Trimmed(detail));
            return;
        }

        Add(headers, FailureHeaderNames.FailedAt, Number(now.ToUnixTimeMilliseconds()));
        if (tracing.Client.Group is { } group)
        {
            Add(headers, FailureHeaderNames.Group, group);
        }

        headers.Add(FailureHeaderNames.FailureType, BoundedText.Of(FailureText.TypeOf(failure), TypeBytesMax));
        headers.Add(FailureHeaderNames.FailureMessage, BoundedText.Of(FailureText.MessageOf(failure), settings.MessageBytesMax));
        if (detail == HeaderDetail.WithoutStack)
        {
            Add(headers, FailureHeaderNames.Trimmed, FailureText.Trimmed(detail));
        }
        else if (settings.StackTraceBytesMax > 0)
        {
            headers.Add(FailureHeaderNames.FailureStackTrace, BoundedText.Of(FailureText.StackOf(failure), settings.StackTraceBytesMax));
        }
    }

    private static void Add(Headers headers, string name, string value) => headers.Add(name, Encoding.UTF8.GetBytes(value));

    private static string Fixed(int number) => number.ToString(FixedWidth, CultureInfo.InvariantCulture);

    private static string Number(long? number) => (number ?? 0).ToString(CultureInfo.InvariantCulture);
}

using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>What a record's headers say of its failures so far. What is malformed is as if it were absent.</summary>
internal sealed class FailureTrail
{
    /// <summary>The origin's context; not valid where none is told.</summary>
    internal TraceParent Origin { get; private set; }

    internal string? OriginalTopic { get; private set; }

    internal int? OriginalPartition { get; private set; }

    internal long? OriginalOffset { get; private set; }

    internal long? OriginalTimestampMs { get; private set; }

    internal int Attempts { get; private set; }

    internal int Round { get; private set; }

    internal long? NotBeforeMs { get; private set; }

    /// <summary>A record's, in one walk over its headers; <see langword="null"/>, without an object, where there is none.</summary>
    internal static FailureTrail? Read(Headers? headers)
    {
        FailureTrail? trail = null;
        for (var i = 0; i < headers?.Count; i++)
        {
            var header = headers[i];
            if (header.Key.StartsWith(FailureHeaderNames.Prefix, StringComparison.Ordinal))
            {
                (trail ??= new()).Take(header.Key, header.GetValueBytes());
            }
        }

        return trail;
    }

    internal ActivityContext OriginContext => Origin.ToActivityContext(traceState: null, isRemote: true);

    /// <summary>Links to the creation context and to the origin's, as far as they are there and are not the same.</summary>
    internal ActivityLink[]? Links(in ActivityContext creation)
    {
        if (!Origin.IsValid)
        {
            return null;
        }

        var origin = OriginContext;
        return creation.TraceId == default || (creation.TraceId == origin.TraceId && creation.SpanId == origin.SpanId)
            ? [new ActivityLink(origin)]
            : [new ActivityLink(creation), new ActivityLink(origin)];
    }

    internal void Tell(Activity process)
    {
        if (OriginalTopic is null)
        {
            // A redriven record: it has an origin, and no failure any more.
            return;
        }

        process.AddTag(AttributeNames.OriginalTopic, OriginalTopic);
        process.AddTag(AttributeNames.OriginalPartition, OriginalPartition);
        process.AddTag(AttributeNames.OriginalOffset, OriginalOffset);
        process.AddTag(AttributeNames.RetryRound, Round);
    }

    private void Take(string name, byte[]? value)
    {
        if (value is null)
        {
            return;
        }

        switch (name)
        {
            case FailureHeaderNames.Origin when TraceParent.TryParse(value, out var origin):
                Origin = origin;
                break;
            case FailureHeaderNames.OriginalTopic:
                OriginalTopic = Encoding.UTF8.GetString(value);
                break;
            case FailureHeaderNames.OriginalPartition:
                OriginalPartition = Number(value) is { } number and <= int.MaxValue ? (int)number : null;
                break;
            case FailureHeaderNames.OriginalOffset:
                OriginalOffset = Number(value);
                break;
            case FailureHeaderNames.OriginalTimestamp:
                OriginalTimestampMs = Number(value);
                break;
            case FailureHeaderNames.Attempts:
                Attempts = Count(value);
                break;
            case FailureHeaderNames.Round:
                Round = Count(value);
                break;
            case FailureHeaderNames.NotBefore:
                NotBeforeMs = Number(value);
                break;
            default:
                break;
        }
    }

    private static int Count(byte[] utf8) => Number(utf8) is { } number and <= int.MaxValue ? (int)number : 0;

    // Zero or more.
    private static long? Number(byte[] utf8) =>
        Utf8Parser.TryParse(utf8, out long number, out var length) && length == utf8.Length && number >= 0 ? number : null;
}

using System.Globalization;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Tests.Otlp;

namespace Throughline.Server.Tests.Fixtures;

/// <summary>Sends a span as its client would, under the names that this client has for things, and receives it.</summary>
internal static class Wire
{
    private const uint KnowsRemote = 0x100;
    private const uint IsRemote = 0x200;
    private static readonly OtlpDecoder Decoder = new();

    public static StoredSpan Receive(SpanFacts span)
    {
        var source = span.Source;
        var payload = OtlpRequest.Of(
            writer => Write(writer, span),
            source.Service,
            source.ScopeName,
            source.Environment is null ? [] : [("deployment.environment.name", source.Environment)]);
        SpanFacts facts;
        lock (Decoder)
        {
            facts = Decoder.Traces(payload).Spans.Single();
        }

        return new(facts, payload.AsMemory(facts.Position.Start, facts.Position.Length));
    }

    /// <summary>The attributes by which a client tells what is known of a record.</summary>
    public static IEnumerable<(string Key, object Value)> Attributes(SpanFacts span)
    {
        if (span.Messaging is not { } told)
        {
            return [];
        }

        var attributes = new List<(string Key, object? Value)> { ("messaging.system", told.System) };
        var operation = told.Operation.ToString().ToLowerInvariant();
        attributes.AddRange(OrphanAdvice.FamilyOf(span.Source) switch
        {
            ClientFamily.Java =>
            [
                ("messaging.operation", told.Operation == MessagingOperation.Send ? "publish" : operation),
                ("messaging.destination.name", told.Topic),
                ("messaging.destination.partition.id", told.Partition < 0 ? null : Text(told.Partition)),
                ("messaging.kafka.message.offset", Known(told.Offset)),
                ("messaging.kafka.consumer.group", told.Group),
            ],
            ClientFamily.Python =>
            [
                ("messaging.operation", told.Operation == MessagingOperation.Send ? "publish" : operation),
                ("messaging.destination", told.Topic),
                ("messaging.destination_kind", "queue"),
                ("messaging.kafka.partition", Known(told.Partition)),
                ("messaging.message.id", told.Offset < 0 ? null : $"{told.Topic}.{Text(told.Partition)}.{Text(told.Offset)}"),
            ],
            ClientFamily.DotNet =>
            [
                ("messaging.operation", operation),
                ("messaging.destination.name", told.Topic),
                ("messaging.kafka.destination.partition", Known(told.Partition)),
                ("messaging.kafka.message.offset", Known(told.Offset)),
                ("messaging.kafka.consumer.group", told.Group),
            ],
            _ =>
            [
                ("messaging.operation.type", operation),
                ("messaging.destination.name", told.Topic),
                ("messaging.destination.partition.id", told.Partition < 0 ? null : Text(told.Partition)),
                ("messaging.kafka.offset", Known(told.Offset)),
                ("messaging.consumer.group.name", told.Group),
                ("messaging.batch.message_count", Known(told.BatchCount)),
                ("throughline.record.timestamp_unix_ms", Known(told.RecordTimestampUnixMs)),
                ("throughline.record.received_unix_nano", Known(told.ReceivedUnixNs)),
            ],
        });
        return attributes.Where(one => one.Value is not null).Select(one => (one.Key, one.Value!));
    }

    private static void Write(ProtoWriter writer, SpanFacts span) => OtlpRequest.AddSpan(
        writer,
        span.Name,
        (int)span.Kind,
        more =>
        {
            // The last of a field counts: these are not the ones that AddSpan has written.
            more.Fixed64(OtlpTags.Span.Start, (ulong)span.StartUnixNs);
            more.Fixed64(OtlpTags.Span.End, (ulong)span.EndUnixNs);
            if (span.IsParentRemote is { } isRemote)
            {
                more.Fixed32(OtlpTags.Span.Flags, 1 | KnowsRemote | (isRemote ? IsRemote : 0));
            }

            foreach (var link in span.Links)
            {
                Write(more, link);
            }
        },
        span.TraceId.ToString(),
        Hex(span.SpanId),
        span.ParentSpanId == 0 ? string.Empty : Hex(span.ParentSpanId),
        [.. Attributes(span)]);

    private static void Write(ProtoWriter writer, SpanLink link)
    {
        var it = writer.Begin(OtlpTags.Span.Links);
        writer.Bytes(OtlpTags.Link.TraceId, Convert.FromHexString(link.Key.TraceId.ToString()));
        writer.Bytes(OtlpTags.Link.SpanId, Convert.FromHexString(Hex(link.Key.SpanId)));
        if (link.Topic is not null)
        {
            OtlpRequest.Attribute(writer, OtlpTags.Link.Attributes, "messaging.destination.name", link.Topic);
            OtlpRequest.Attribute(writer, OtlpTags.Link.Attributes, "messaging.destination.partition.id", Text(link.Partition));
            OtlpRequest.Attribute(writer, OtlpTags.Link.Attributes, "messaging.kafka.offset", link.Offset);
        }

        writer.End(it);
    }

    private static long? Known(long number) => number < 0 ? null : number;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hex(ulong id) => id.ToString("x16", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Tests.Otlp;

namespace Throughline.Server.Tests.Store;

/// <summary>A span to be stored, in few words. What is not said has a plain value.</summary>
internal sealed record TestSpan
{
    private static readonly OtlpDecoder Decoder = new();

    public TraceId Trace { get; init; } = new(0, 1);

    public ulong Id { get; init; } = 1;

    public string Name { get; init; } = "send orders";

    public string Service { get; init; } = "order-service";

    public SpanKind Kind { get; init; } = SpanKind.Producer;

    public SpanStatus Status { get; init; }

    public long Start { get; init; } = 1_000_000;

    public long Duration { get; init; } = 5_000;

    public (string Key, object Value)[] Resource { get; init; } = [];

    public (string Key, object Value)[] Attributes { get; init; } = [];

    public (TraceId Trace, ulong Span, (string Key, object Value)[] Attributes)[] Links { get; init; } = [];

    public static (string Key, object Value)[] Kafka(string operation, string topic, int partition, long offset, string? group = null)
    {
        (string, object)[] attributes =
        [
            ("messaging.system", "kafka"),
            ("messaging.operation.type", operation),
            ("messaging.destination.name", topic),
            ("messaging.destination.partition.id", partition.ToString(CultureInfo.InvariantCulture)),
            ("messaging.kafka.offset", offset),
        ];
        return group is null ? attributes : [.. attributes, ("messaging.consumer.group.name", group)];
    }

    /// <summary>As receiving would have read it. Its position is told by <paramref name="entry"/>.</summary>
    public StoredSpan Read(long entry = 0)
    {
        var payload = OtlpRequest.Of(Write, Service, "test", Resource);
        var facts = Decoder.Traces(payload).Spans.Single();
        var body = payload.AsMemory(facts.Position.Start, facts.Position.Length);
        facts.Position = new SpanPosition(entry, 0, body.Length);
        return new StoredSpan(facts, body);
    }

    private void Write(ProtoWriter writer) => OtlpRequest.AddSpan(
        writer,
        Name,
        (int)Kind,
        more =>
        {
            // The last of a field counts: these are not the ones that AddSpan has written.
            more.Fixed64(OtlpTags.Span.Start, (ulong)Start);
            more.Fixed64(OtlpTags.Span.End, (ulong)(Start + Duration));
            foreach (var (trace, span, attributes) in Links)
            {
                var link = more.Begin(OtlpTags.Span.Links);
                more.Bytes(OtlpTags.Link.TraceId, Convert.FromHexString(trace.ToString()));
                more.Bytes(OtlpTags.Link.SpanId, Convert.FromHexString(span.ToString("x16", CultureInfo.InvariantCulture)));
                foreach (var (key, value) in attributes)
                {
                    OtlpRequest.Attribute(more, OtlpTags.Link.Attributes, key, value);
                }

                more.End(link);
            }

            if (Status != SpanStatus.Unset)
            {
                var status = more.Begin(OtlpTags.Span.Status);
                more.Varint(OtlpTags.Status.Code, (ulong)Status);
                more.End(status);
            }
        },
        Trace.ToString(),
        Id.ToString("x16", CultureInfo.InvariantCulture),
        attributes: Attributes);

    /// <summary>A log record of a trace.</summary>
    public static StoredLog Log(TraceId trace, string text, long time = 1_000_000, long entry = 0)
    {
        var payload = OtlpRequest.Of(writer =>
        {
            var log = writer.Begin(OtlpTags.ScopeItems.Items);
            writer.Fixed64(OtlpTags.Log.Time, (ulong)time);
            writer.Varint(OtlpTags.Log.Severity, 9);
            var body = writer.Begin(OtlpTags.Log.Body);
            writer.Bytes(OtlpTags.AnyValue.Text, Encoding.UTF8.GetBytes(text));
            writer.End(body);
            writer.Bytes(OtlpTags.Log.TraceId, Convert.FromHexString(trace.ToString()));
            writer.End(log);
        });
        var facts = Decoder.Logs(payload).Logs.Single();
        var bytes = payload.AsMemory(facts.Position.Start, facts.Position.Length);
        facts.Position = new SpanPosition(entry, 0, bytes.Length);
        return new StoredLog(facts, bytes);
    }
}

using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Tests.Journeys;

/// <summary>
/// One import that sends twenty thousand records but one, each processed with three steps: as many spans as a journey may have,
/// but four. As OTLP's protobuf, in requests of some thousand.
/// </summary>
internal static class ManySpans
{
    public const int Records = 19_999;
    public const int Spans = (Records * 5) + 1;
    public const int FailsEach = 500;

    private const int RecordsPerRequest = 1_000;
    private const long Us = 1_000;

    public static TraceId Trace { get; } = new(0xabcdef, 0x123456);

    public static IEnumerable<byte[]> Requests(long startUnixNs)
    {
        for (var first = 0; first < Records; first += RecordsPerRequest)
        {
            using var request = new ProtoWriter();
            var (from, to) = (first, Math.Min(first + RecordsPerRequest, Records));
            Source(request, "import-service", () =>
            {
                if (from == 0)
                {
                    Span(request, 1, 0, "import", 2, startUnixNs, 9_000_000 * Us);
                }

                for (var i = from; i < to; i++)
                {
                    Span(request, IdOf(i), 1, "send bulk", 4, startUnixNs + (i * 400 * Us), 300 * Us, Record(i, "send", null));
                }
            });
            Source(request, "billing-service", () =>
            {
                for (var i = from; i < to; i++)
                {
                    var begins = startUnixNs + (i * 400 * Us) + (2_000 * Us);
                    Span(request, IdOf(i) + 1, IdOf(i), "process bulk", 5, begins, 900 * Us, Record(i, "process", "billing"), i % FailsEach == 0);
                    for (var step = 0; step < 3; step++)
                    {
                        Span(request, IdOf(i) + 2 + (ulong)step, IdOf(i) + 1, $"step {step}", 1, begins + (step * 300 * Us), 250 * Us);
                    }
                }
            });
            yield return request.Written.ToArray();
        }
    }

    private static ulong IdOf(int record) => 10 + ((ulong)record * 5);

    private static Action<ProtoWriter> Record(int record, string operation, string? group) => span =>
    {
        Text(span, "messaging.system", "kafka");
        Text(span, "messaging.operation.type", operation);
        Text(span, "messaging.destination.name", "bulk");
        Text(span, "messaging.destination.partition.id", (record % 8).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Text(span, "messaging.kafka.offset", (record / 8).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Text(span, "messaging.kafka.message.key", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"customer-{record}"));
        if (group is not null)
        {
            Text(span, "messaging.consumer.group.name", group);
        }
    };

    private static void Source(ProtoWriter request, string service, Action spans)
    {
        var items = request.Begin(OtlpTags.Request.Resources);
        var resource = request.Begin(OtlpTags.ResourceItems.Resource);
        Pair(request, OtlpTags.Resource.Attributes, "service.name", service);
        request.End(resource);
        var scope = request.Begin(OtlpTags.ResourceItems.Scopes);
        spans();
        request.End(scope);
        request.End(items);
    }

    private static void Span(
        ProtoWriter request, ulong id, ulong parent, string name, int kind, long startUnixNs, long durationNs, Action<ProtoWriter>? attributes = null, bool fails = false)
    {
        Span<byte> trace = stackalloc byte[TraceId.Size];
        Trace.Write(trace);
        var span = request.Begin(OtlpTags.ScopeItems.Items);
        request.Bytes(OtlpTags.Span.TraceId, trace);
        request.SpanId(OtlpTags.Span.SpanId, id);
        if (parent != 0)
        {
            request.SpanId(OtlpTags.Span.ParentSpanId, parent);
        }

        request.Text(OtlpTags.Span.Name, name);
        request.Varint(OtlpTags.Span.Kind, (ulong)kind);
        request.Fixed64(OtlpTags.Span.Start, (ulong)startUnixNs);
        request.Fixed64(OtlpTags.Span.End, (ulong)(startUnixNs + durationNs));
        attributes?.Invoke(request);
        if (fails)
        {
            var status = request.Begin(OtlpTags.Span.Status);
            request.Varint(OtlpTags.Status.Code, 2);
            request.End(status);
        }

        request.End(span);
    }

    private static void Text(ProtoWriter span, string name, string value) => Pair(span, OtlpTags.Span.Attributes, name, value);

    private static void Pair(ProtoWriter message, uint tag, string name, string value)
    {
        var pair = message.Begin(tag);
        message.Text(OtlpTags.KeyValue.Key, name);
        var any = message.Begin(OtlpTags.KeyValue.Value);
        message.Text(OtlpTags.AnyValue.Text, value);
        message.End(any);
        message.End(pair);
    }
}

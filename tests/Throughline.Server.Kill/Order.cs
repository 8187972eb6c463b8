using System.Globalization;
using System.Text;
using System.Text.Json;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Kill;

/// <summary>One order's trace: a send and the processing that it led to, as OTLP JSON.</summary>
/// <param name="Number">Unique; it is the trace's id, and the record's offset.</param>
internal sealed record Order(long Number)
{
    private const int Producer = 4;
    private const int Consumer = 5;
    private const ulong TraceIdHigh = 0x0100000000000000;
    private const ulong SendIdHigh = 0x0a00000000000000;
    private const ulong ProcessIdHigh = 0x0b00000000000000;

    public TraceId Trace => new(TraceIdHigh, (ulong)Number);

    /// <summary>The two, as a store has them.</summary>
    public IEnumerable<SpanIdentity> Spans =>
    [
        new(new SpanKey(Trace, SendIdHigh | (ulong)Number), SpanKind.Producer),
        new(new SpanKey(Trace, ProcessIdHigh | (ulong)Number), SpanKind.Consumer),
    ];

    private string SendId => (SendIdHigh | (ulong)Number).ToString("x16", CultureInfo.InvariantCulture);

    private string ProcessId => (ProcessIdHigh | (ulong)Number).ToString("x16", CultureInfo.InvariantCulture);

    public static string Request(IEnumerable<Order> orders)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, [("service.name", "orders")]);
            json.WriteEndObject();
            json.WriteStartArray("scopeSpans");
            json.WriteStartObject();
            json.WriteStartArray("spans");
            foreach (var order in orders)
            {
                order.Write(json, order.SendId, "", Producer, "send", []);
                order.Write(json, order.ProcessId, order.SendId, Consumer, "process", [("messaging.consumer.group.name", "billing")]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private void Write(
        Utf8JsonWriter json, string id, string parent, int kind, string operation, IEnumerable<(string, string)> more)
    {
        var time = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("traceId", Trace.ToString());
        json.WriteString("spanId", id);
        json.WriteString("parentSpanId", parent);
        json.WriteString("name", $"{operation} orders");
        json.WriteNumber("kind", kind);
        json.WriteString("startTimeUnixNano", time);
        json.WriteString("endTimeUnixNano", time);
        WriteAttributes(
            json,
            [
                ("messaging.system", "kafka"),
                ("messaging.operation.type", operation),
                ("messaging.destination.name", "orders"),
                ("messaging.destination.partition.id", "0"),
                ("messaging.kafka.offset", Number.ToString(CultureInfo.InvariantCulture)),
                .. more,
            ]);
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<(string Key, string Value)> attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var (key, value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

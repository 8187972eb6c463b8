using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Throughline.Server.Kill;

/// <summary>A log record of an order's trace.</summary>
/// <param name="Order">Which one.</param>
/// <param name="Sent">How often it was sent: a log record that is sent twice may be there twice.</param>
internal sealed record OrderLog(Order Order, int Sent)
{
    private const int Info = 9;

    /// <summary>As OTLP JSON.</summary>
    public static string Request(Order order)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceLogs");
            json.WriteStartObject();
            json.WriteStartArray("scopeLogs");
            json.WriteStartObject();
            json.WriteStartArray("logRecords");
            json.WriteStartObject();
            json.WriteString("traceId", order.Trace.ToString());
            json.WriteString(
                "timeUnixNano", (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("severityNumber", Info);
            json.WriteStartObject("body");
            json.WriteString("stringValue", $"order {order.Number} is taken");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}

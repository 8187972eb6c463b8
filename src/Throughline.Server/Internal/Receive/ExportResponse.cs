using System.Globalization;
using System.Text.Json;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Receive;

/// <summary>
/// ExportTraceServiceResponse and its two siblings: empty, unless some items were rejected or there is something to say.
/// </summary>
internal static class ExportResponse
{
    private const uint PartialSuccessTag = (1 << 3) | (uint)WireType.Bytes;
    private const uint RejectedTag = (1 << 3) | (uint)WireType.Varint;
    private const uint MessageTag = (2 << 3) | (uint)WireType.Bytes;

    public static byte[] ToProtobuf(ReceiveAnswer answer)
    {
        if (!IsPartial(answer))
        {
            return [];
        }

        using var writer = new ProtoWriter();
        var it = writer.Begin(PartialSuccessTag);
        if (answer.Rejected > 0)
        {
            writer.Varint(RejectedTag, (ulong)answer.Rejected);
        }

        writer.Text(MessageTag, answer.Message ?? "");
        writer.End(it);
        return writer.Written.ToArray();
    }

    public static byte[] ToJson(SignalKind kind, ReceiveAnswer answer)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (IsPartial(answer))
            {
                json.WriteStartObject("partialSuccess"u8);
                json.WriteString(RejectedName(kind), answer.Rejected.ToString(CultureInfo.InvariantCulture));
                json.WriteString("errorMessage"u8, answer.Message);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static bool IsPartial(ReceiveAnswer answer) => answer.Rejected > 0 || answer.Message is not null;

    private static string RejectedName(SignalKind kind) => kind switch
    {
        SignalKind.Logs => "rejectedLogRecords",
        SignalKind.Metrics => "rejectedDataPoints",
        _ => "rejectedSpans",
    };
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Api.Json;

/// <summary>A span's ids in hex.</summary>
internal sealed class SpanKeyConverter : JsonConverter<SpanKey>
{
    public override SpanKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("answers are not read");

    public override void Write(Utf8JsonWriter writer, SpanKey value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("traceId"u8, value.TraceId.ToString());
        writer.WriteString("spanId"u8, SpanSummaryView.Hex(value.SpanId));
        writer.WriteEndObject();
    }
}

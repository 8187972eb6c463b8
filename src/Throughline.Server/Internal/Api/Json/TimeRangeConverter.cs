using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Throughline.Server.Internal.Query;

namespace Throughline.Server.Internal.Api.Json;

/// <summary>A range as times that people read, beside those that programs count with.</summary>
internal sealed class TimeRangeConverter : JsonConverter<TimeRange>
{
    public override TimeRange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("answers are not read");

    public override void Write(Utf8JsonWriter writer, TimeRange value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("from"u8, UnixTime.Rfc3339(value.FromUnixNs));
        writer.WriteString("to"u8, UnixTime.Rfc3339(value.ToUnixNs));
        writer.WriteString("fromUnixNano"u8, value.FromUnixNs.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("toUnixNano"u8, value.ToUnixNs.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }
}

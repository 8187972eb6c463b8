using System.Text.Json;
using System.Text.Json.Serialization;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>Writes attributes straight from their message.</summary>
internal sealed class AttributesConverter : JsonConverter<AttributesView>
{
    public override AttributesView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("answers are not read");

    public override void Write(Utf8JsonWriter writer, AttributesView value, JsonSerializerOptions options) =>
        PlainJson.Attributes(writer, new OtlpAttributes(value.Message.Span, value.Tag));
}

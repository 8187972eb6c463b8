using System.Text.Json.Serialization;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>The attributes of an OTLP message, as an object: names and their values, of the types that they have.</summary>
/// <param name="message">A Span, Resource, InstrumentationScope, or LogRecord.</param>
/// <param name="tag">The field that they are in it.</param>
[JsonConverter(typeof(AttributesConverter))]
internal sealed class AttributesView(ReadOnlyMemory<byte> message, uint tag)
{
    public ReadOnlyMemory<byte> Message { get; } = message;

    public uint Tag { get; } = tag;
}

using System.Text.Json.Serialization;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>The events of a Span message.</summary>
[JsonConverter(typeof(EventsConverter))]
internal sealed class EventsView(ReadOnlyMemory<byte> span)
{
    public ReadOnlyMemory<byte> Span { get; } = span;
}

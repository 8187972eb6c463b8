using System.Text.Json.Serialization;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>The links of a Span message.</summary>
[JsonConverter(typeof(LinksConverter))]
internal sealed class LinksView(ReadOnlyMemory<byte> span)
{
    public ReadOnlyMemory<byte> Span { get; } = span;
}

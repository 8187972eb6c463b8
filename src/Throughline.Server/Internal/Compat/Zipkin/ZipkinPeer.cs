using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Compat.Zipkin;

/// <summary>One end of a span, as Zipkin has it: a name, an address.</summary>
/// <param name="Service">Lower case; null for unknown.</param>
/// <param name="Address">An IP address, or null.</param>
/// <param name="Port">0 for unknown.</param>
internal sealed record ZipkinPeer(string? Service, IPAddress? Address, int Port)
{
    /// <summary>Whose span it is.</summary>
    public static ZipkinPeer Local(StoredSpan span) =>
        Of(span, span.Facts.Source.Service, "network.local.address"u8, "network.local.port"u8);

    /// <summary>Who was at the other side: what the span says, else the broker of a message.</summary>
    public static ZipkinPeer? Remote(StoredSpan span)
    {
        var attributes = OtlpSpan.Attributes(span.Body.Span);
        var name = attributes.TryFind("peer.service"u8, out var value) ? value.ToText() : null;
        var broker = span.Facts.Kind is SpanKind.Producer or SpanKind.Consumer ? span.Facts.Messaging?.System : null;
        var peer = Of(span, name ?? broker, "network.peer.address"u8, "network.peer.port"u8);
        return peer is { Service: null, Address: null } ? null : peer;
    }

    public void Write(Utf8JsonWriter json, ReadOnlySpan<byte> property)
    {
        json.WriteStartObject(property);
        if (Service is not null)
        {
            json.WriteString("serviceName"u8, Service);
        }

        if (Address is not null)
        {
            json.WriteString(Address.AddressFamily == AddressFamily.InterNetwork ? "ipv4"u8 : "ipv6"u8, Address.ToString());
        }

        if (Port > 0)
        {
            json.WriteNumber("port"u8, Port);
        }

        json.WriteEndObject();
    }

    private static ZipkinPeer Of(StoredSpan span, string? name, ReadOnlySpan<byte> addressKey, ReadOnlySpan<byte> portKey)
    {
        var attributes = OtlpSpan.Attributes(span.Body.Span);
        var address = attributes.TryFind(addressKey, out var value) && IPAddress.TryParse(value.ToText(), out var ip) ? ip : null;
        var port = attributes.TryFind(portKey, out value) && value.TryGetInt(out var number) && number is > 0 and <= ushort.MaxValue
            ? (int)number
            : 0;
        return new ZipkinPeer(name?.ToLowerInvariant(), address, port);
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Throughline.OpenTelemetry.Internal.Zipkin;

/// <summary>Who is at the other end of a span: what Zipkin draws its dependencies from.</summary>
internal static class ZipkinEndpoint
{
    /// <summary>By rank, as the specification's Zipkin mapping has them; with the attribute of the port that belongs to it.</summary>
    private static readonly (string Name, string? Port)[] Ranks =
    [
        ("server.address", "server.port"), ("net.peer.name", "net.peer.port"), ("network.peer.address", "network.peer.port"),
        ("server.socket.domain", null), ("server.socket.address", "server.socket.port"), ("net.sock.peer.name", null),
        ("net.sock.peer.addr", "net.sock.peer.port"), ("peer.hostname", null), ("peer.address", null), ("db.name", null),
    ];

    public static void WriteRemote(Utf8JsonWriter json, Activity span)
    {
        if (span.Kind is not (ActivityKind.Client or ActivityKind.Producer or ActivityKind.Consumer))
        {
            return;
        }

        // A broker is one node by its system's name, not one for every bootstrap address; see RATIONALE.md.
        var service = Text(span, "peer.service") ?? Text(span, "service.peer.name")
            ?? (span.Kind == ActivityKind.Client ? null : Text(span, "messaging.system"));
        var rank = Array.Find(Ranks, rank => Text(span, rank.Name) is not null);
        var address = rank.Name is null ? null : Text(span, rank.Name);
        service ??= address ?? Text(span, "messaging.system");
        if (service is null)
        {
            return;
        }

        json.WriteStartObject("remoteEndpoint");
        json.WriteString("serviceName", service);
        if (address is not null && IPAddress.TryParse(address, out var ip))
        {
            json.WriteString(ip.AddressFamily == AddressFamily.InterNetwork ? "ipv4" : "ipv6", ip.ToString());
        }

        if (rank.Port is not null && ushort.TryParse(Text(span, rank.Port), out var port) && port > 0)
        {
            json.WriteNumber("port", port);
        }

        json.WriteEndObject();
    }

    private static string? Text(Activity span, string tag)
    {
        var text = AttributeText.Of(span.GetTagItem(tag));
        return text.Length == 0 ? null : text;
    }
}

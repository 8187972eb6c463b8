using System.Text.Json;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Zipkin;

/// <summary>Writes an endpoint as the attributes that say the same of one's own or the other side of a connection.</summary>
internal static class ZipkinEndpoint
{
    public static void Write(ref Utf8JsonReader reader, ProtoWriter writer, bool isRemote)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ZipkinJson.Is(ref reader, "serviceName"u8))
            {
                // One's own is the resource's.
                Write(ref reader, writer, isRemote ? "peer.service"u8 : default);
            }
            else if (ZipkinJson.Is(ref reader, "ipv4"u8) || ZipkinJson.Is(ref reader, "ipv6"u8))
            {
                Write(ref reader, writer, isRemote ? "network.peer.address"u8 : "network.local.address"u8);
            }
            else if (ZipkinJson.Is(ref reader, "port"u8))
            {
                Write(ref reader, writer, isRemote ? "network.peer.port"u8 : "network.local.port"u8);
            }
            else
            {
                ZipkinJson.SkipValue(ref reader);
            }
        }
    }

    private static void Write(ref Utf8JsonReader reader, ProtoWriter writer, ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
        {
            reader.Skip();
        }
        else if (reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } text)
        {
            ZipkinAttributes.Write(writer, OtlpTags.Span.Attributes, key, text);
        }
        else if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number > 0)
        {
            ZipkinAttributes.Write(writer, OtlpTags.Span.Attributes, key, number);
        }
        else
        {
            reader.Skip();
        }
    }
}

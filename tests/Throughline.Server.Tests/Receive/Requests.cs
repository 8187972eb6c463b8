using System.IO.Compression;
using System.Net.Http.Headers;
using Throughline.Server.Tests.Otlp;

namespace Throughline.Server.Tests.Receive;

/// <summary>Requests as clients send them.</summary>
internal static class Requests
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    /// <summary>A trace request with one span.</summary>
    public static byte[] OneSpan { get; } = OtlpRequest.Of(request => OtlpRequest.AddSpan(request, "send orders", 4));

    public static string OneSpanJson { get; } = $$$"""
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"{{{OtlpRequest.Trace}}}","spanId":"{{{OtlpRequest.Span}}}","name":"send orders"}]}]}]}
        """;

    public static ByteArrayContent Content(byte[] body, string type = Protobuf, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return content;
    }

    public static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    public static byte[] Zlib(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(body);
        }

        return packed.ToArray();
    }
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Throughline.OpenTelemetry.Tests;

/// <summary>One request as a receiver got it.</summary>
internal sealed record ReceivedRequest(string Method, string Path, string Protocol, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name.ToLowerInvariant());

    /// <summary>Unpacked where it came compressed.</summary>
    public string Text
    {
        get
        {
            if (Header("content-encoding") != "gzip")
            {
                return Encoding.UTF8.GetString(Body);
            }

            using var unpacked = new StreamReader(new GZipStream(new MemoryStream(Body), CompressionMode.Decompress));
            return unpacked.ReadToEnd();
        }
    }

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
}

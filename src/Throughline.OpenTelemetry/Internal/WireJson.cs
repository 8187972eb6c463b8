using System.Text.Encodings.Web;
using System.Text.Json;

namespace Throughline.OpenTelemetry.Internal;

/// <summary>How JSON is written here: text stays readable, since none of it is put into HTML.</summary>
internal static class WireJson
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

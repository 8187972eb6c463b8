using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Resources;
using Throughline.OpenTelemetry.Internal.Http;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal.Otlp;

/// <summary>OTLP over HTTP in JSON, for traces.</summary>
internal sealed class OtlpJsonTarget(OtlpSettings settings, SpanLimits limits) : HttpSpanTarget("otlp", settings.Endpoint)
{
    public override bool Gzip => settings.Gzip;

    public override int Write(Utf8JsonWriter json, Resource resource, in Batch<Activity> batch) =>
        OtlpJsonBatchWriter.Write(json, resource, batch, limits);

    /// <summary>OTLP's partial success: some spans refused, or a warning; the request is not to be sent again.</summary>
    public override string? Complaint(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (!document.RootElement.TryGetProperty("partialSuccess", out var partial))
            {
                return null;
            }

            // An int64, so a string in OTLP's JSON; some receivers write a number.
            var rejected = partial.TryGetProperty("rejectedSpans", out var count) ? count.ToString() : "0";
            var message = partial.TryGetProperty("errorMessage", out var text) ? text.ToString() : string.Empty;
            return rejected is "" or "0" && message.Length == 0 ? null : $"{rejected} spans rejected: {SettingText.Show(message)}";
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // An answer in another form says nothing against the spans.
            return null;
        }
    }
}

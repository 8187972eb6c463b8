using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Resources;
using Throughline.OpenTelemetry.Internal.Http;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal.Zipkin;

/// <summary>Zipkin's v2 JSON: a plain list of spans.</summary>
internal sealed class ZipkinTarget(Uri endpoint, SpanLimits limits) : HttpSpanTarget("zipkin", endpoint)
{
    public override int Write(Utf8JsonWriter json, Resource resource, in Batch<Activity> batch)
    {
        var writer = new ZipkinSpanWriter(json, new ZipkinResource(resource), limits);
        var count = 0;
        json.WriteStartArray();
        foreach (var span in batch)
        {
            writer.Write(span);
            count++;
        }

        json.WriteEndArray();
        json.Flush();
        return count;
    }
}

using System.IO.Pipelines;
using System.Text.Json;
using Throughline.Server.Internal.Otlp.Json;

namespace Throughline.Dashboard.Internal.Journeys.Exports;

/// <summary>A journey's spans as OTLP's JSON, with everything that was received of them: any backend takes it back.</summary>
internal static class OtlpExport
{
    // So many spans go out at a time: a journey of 100,000 is not held as text.
    private const int SpansAtOnce = 500;

    public static async Task WriteAsync(PipeWriter output, LaidOutJourney journey, CancellationToken aborted)
    {
        var json = new Utf8JsonWriter(output);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans"u8);
            foreach (var ofSource in journey.Journey.Spans.GroupBy(static span => span.Facts.Source))
            {
                json.WriteStartObject();
                json.WritePropertyName("resource"u8);
                OtlpJsonWriter.Resource(json, ofSource.Key.ResourceBytes.Span);
                json.WriteStartArray("scopeSpans"u8);
                json.WriteStartObject();
                json.WritePropertyName("scope"u8);
                OtlpJsonWriter.Scope(json, ofSource.Key.ScopeBytes.Span);
                json.WriteStartArray("spans"u8);
                foreach (var some in ofSource.Chunk(SpansAtOnce))
                {
                    foreach (var span in some)
                    {
                        OtlpJsonWriter.Span(json, span.Span.Body.Span);
                    }

                    await json.FlushAsync(aborted).ConfigureAwait(false);
                    await output.FlushAsync(aborted).ConfigureAwait(false);
                }

                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await output.FlushAsync(aborted).ConfigureAwait(false);
    }
}

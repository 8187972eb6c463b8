using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal.Zipkin;

/// <summary>One span in Zipkin's v2 JSON, by the specification's mapping; links, of which Zipkin has none, as tags.</summary>
internal sealed class ZipkinSpanWriter(Utf8JsonWriter json, ZipkinResource resource, SpanLimits limits)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public void Write(Activity span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId.ToHexString());
        json.WriteString("id", span.SpanId.ToHexString());
        if (span.ParentSpanId != default)
        {
            json.WriteString("parentId", span.ParentSpanId.ToHexString());
        }

        json.WriteString("name", span.DisplayName);
        if (Kind(span.Kind) is { } kind)
        {
            json.WriteString("kind", kind);
        }

        json.WriteNumber("timestamp", UnixTime.Microseconds(span.StartTimeUtc));
        // Zipkin takes 0 for "unknown".
        json.WriteNumber("duration", Math.Max(1, span.Duration.Ticks / TimeSpan.TicksPerMicrosecond));
        json.WriteStartObject("localEndpoint");
        json.WriteString("serviceName", resource.ServiceName);
        json.WriteEndObject();
        ZipkinEndpoint.WriteRemote(json, span);
        WriteAnnotations(span);
        WriteTags(span);
        json.WriteEndObject();
    }

    private static string? Kind(ActivityKind kind) => kind switch
    {
        ActivityKind.Client => "CLIENT",
        ActivityKind.Server => "SERVER",
        ActivityKind.Producer => "PRODUCER",
        ActivityKind.Consumer => "CONSUMER",
        _ => null,
    };

    private void WriteAnnotations(Activity span)
    {
        var count = 0;
        foreach (ref readonly var happening in span.EnumerateEvents())
        {
            if (count++ >= limits.EventCountMax)
            {
                continue;
            }

            if (count == 1)
            {
                json.WriteStartArray("annotations");
            }

            json.WriteStartObject();
            json.WriteNumber("timestamp", UnixTime.Microseconds(happening.Timestamp.UtcDateTime));
            json.WriteString("value", ZipkinAnnotation.Text(happening, limits));
            json.WriteEndObject();
        }

        if (count > 0 && limits.EventCountMax > 0)
        {
            json.WriteEndArray();
        }
    }

    private void WriteTags(Activity span)
    {
        _names.Clear();
        json.WriteStartObject("tags");
        WriteStatus(SpanStatus.Of(span));
        WriteAttributes(span);
        WriteLinks(span);
        WriteDropped("otel.dropped_events_count", span.Events.Count() - limits.EventCountMax);
        WriteTag("otel.scope.name", span.Source.Name);
        WriteTag("otel.scope.version", span.Source.Version);
        WriteTag("w3c.tracestate", span.TraceStateString);
        foreach (var (key, value) in resource.Tags)
        {
            WriteTag(key, value);
        }

        json.WriteEndObject();
    }

    private void WriteStatus(SpanStatus status)
    {
        // Zipkin counts any span with the tag "error" as failed, whatever the tag says: only the status may write it.
        _names.Add("error");
        if (status.Code == ActivityStatusCode.Ok)
        {
            WriteTag("otel.status_code", "OK");
        }
        else if (status.Code == ActivityStatusCode.Error)
        {
            WriteTag("otel.status_code", "ERROR");
            json.WriteString("error", status.Description ?? string.Empty);
        }
    }

    private void WriteAttributes(Activity span)
    {
        var count = 0;
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (!SpanStatus.IsTag(tag.Key) && count++ < limits.AttributeCountMax)
            {
                WriteTag(tag.Key, AttributeText.Of(tag.Value, limits.AttributeLengthMax));
            }
        }

        WriteDropped("otel.dropped_attributes_count", count - limits.AttributeCountMax);
    }

    /// <summary><c>otel.link.0</c> = <c>trace id-span id</c>, and each of the link's attributes as <c>otel.link.0.name</c>.</summary>
    private void WriteLinks(Activity span)
    {
        var count = 0;
        foreach (ref readonly var link in span.EnumerateLinks())
        {
            if (count >= limits.LinkCountMax)
            {
                count++;
                continue;
            }

            var name = "otel.link." + count.ToString(CultureInfo.InvariantCulture);
            WriteTag(name, link.Context.TraceId.ToHexString() + "-" + link.Context.SpanId.ToHexString());
            var attributes = 0;
            foreach (ref readonly var tag in link.EnumerateTagObjects())
            {
                if (attributes++ < limits.LinkAttributeCountMax)
                {
                    WriteTag(name + "." + tag.Key, AttributeText.Of(tag.Value, limits.AttributeLengthMax));
                }
            }

            count++;
        }

        WriteDropped("otel.dropped_links_count", count - limits.LinkCountMax);
    }

    private void WriteDropped(string name, int count)
    {
        if (count > 0)
        {
            WriteTag(name, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The first value of a name stays: a span's own attribute is worth more than the resource's.</summary>
    private void WriteTag(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value) && _names.Add(name))
        {
            json.WriteString(name, value);
        }
    }
}

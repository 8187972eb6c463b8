using System.Globalization;
using System.Text;
using System.Text.Json;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Compat.Jaeger;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Compat.Zipkin;

/// <summary>Writes a span as Zipkin's second version has it. What came in that form goes out in it.</summary>
/// <remarks>
/// https://zipkin.io/zipkin-api/zipkin2-api.yaml, https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/
/// </remarks>
internal static class ZipkinSpanWriter
{
    private const string Shared = "zipkin.shared";
    private const long NsPerUs = 1000;

    /// <summary>What is said by an endpoint or a field, and not again by a tag.</summary>
    private static readonly HashSet<string> NotTags = new(StringComparer.Ordinal)
    {
        "peer.service", "network.peer.address", "network.peer.port", "network.local.address", "network.local.port", Shared,
    };

    public static void Write(Utf8JsonWriter json, StoredSpan span)
    {
        var facts = span.Facts;
        json.WriteStartObject();
        json.WriteString("traceId"u8, JaegerIds.Of(facts.TraceId));
        if (facts.ParentSpanId != 0)
        {
            json.WriteString("parentId"u8, JaegerIds.Of(facts.ParentSpanId));
        }

        json.WriteString("id"u8, JaegerIds.Of(facts.SpanId));
        if (facts.Kind is not (SpanKind.Unspecified or SpanKind.Internal))
        {
            json.WriteString("kind"u8, facts.Kind.ToString().ToUpperInvariant());
        }

        if (facts.Name.Length > 0)
        {
            json.WriteString("name"u8, facts.Name.ToLowerInvariant());
        }

        json.WriteNumber("timestamp"u8, facts.StartUnixNs / NsPerUs);
        if (facts.DurationNs >= NsPerUs)
        {
            json.WriteNumber("duration"u8, facts.DurationNs / NsPerUs);
        }

        ZipkinPeer.Local(span).Write(json, "localEndpoint"u8);
        ZipkinPeer.Remote(span)?.Write(json, "remoteEndpoint"u8);
        WriteAnnotations(json, span);
        WriteTags(json, span);
        if (OtlpSpan.Attributes(span.Body.Span).TryFind("zipkin.shared"u8, out _))
        {
            json.WriteBoolean("shared"u8, true);
        }

        json.WriteEndObject();
    }

    /// <summary>Name and value of what Zipkin calls tags.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Tags(StoredSpan span)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in OtlpSpan.Attributes(span.Body.Span))
        {
            var name = Encoding.UTF8.GetString(attribute.Key);
            if (!NotTags.Contains(name))
            {
                tags.TryAdd(name, JaegerTags.TextOf(attribute.Value));
            }
        }

        if (span.Facts.Status == SpanStatus.Error)
        {
            var message = Encoding.UTF8.GetString(OtlpSpan.StatusMessage(span.Body.Span));
            tags["error"] = message.Length > 0 ? message : "true";
        }
        else if (span.Facts.Status == SpanStatus.Ok)
        {
            tags["otel.status_code"] = "OK";
        }

        if (span.Facts.Source.ScopeName.Length > 0)
        {
            tags["otel.scope.name"] = span.Facts.Source.ScopeName;
        }

        AddLinks(tags, span);
        return tags;
    }

    /// <summary>What Zipkin calls annotations: an event's name, with its attributes behind it as JSON.</summary>
    public static IEnumerable<(long UnixUs, string Value)> Annotations(StoredSpan span)
    {
        var all = new List<(long, string)>();
        foreach (var e in OtlpSpan.Events(span.Body.Span))
        {
            var name = Encoding.UTF8.GetString(e.Name);
            all.Add((e.TimeUnixNs / NsPerUs, e.Attributes.MoveNext() ? $"{Quoted(name)}:{AttributesOf(e)}" : name));
        }

        return all;
    }

    private static string Quoted(string name) => $"\"{JsonEncodedText.Encode(name)}\"";

    private static string AttributesOf(OtlpEvent e)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            PlainJson.Attributes(json, e.Attributes);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Zipkin has none: each is a tag, its attributes are tags behind it.</summary>
    private static void AddLinks(Dictionary<string, string> tags, StoredSpan span)
    {
        var number = 0;
        foreach (var link in OtlpSpan.Links(span.Body.Span))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"otel.link.{number++}");
            tags[name] = $"{link.Key.TraceId}-{JaegerIds.Of(link.Key.SpanId)}";
            foreach (var attribute in link.Attributes)
            {
                tags[$"{name}.{Encoding.UTF8.GetString(attribute.Key)}"] = JaegerTags.TextOf(attribute.Value);
            }
        }
    }

    private static void WriteAnnotations(Utf8JsonWriter json, StoredSpan span)
    {
        var isOpen = false;
        foreach (var (unixUs, value) in Annotations(span))
        {
            if (!isOpen)
            {
                json.WriteStartArray("annotations"u8);
                isOpen = true;
            }

            json.WriteStartObject();
            json.WriteNumber("timestamp"u8, unixUs);
            json.WriteString("value"u8, value);
            json.WriteEndObject();
        }

        if (isOpen)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteTags(Utf8JsonWriter json, StoredSpan span)
    {
        var isOpen = false;
        foreach (var (name, value) in Tags(span))
        {
            if (!isOpen)
            {
                json.WriteStartObject("tags"u8);
                isOpen = true;
            }

            json.WriteString(name, value);
        }

        if (isOpen)
        {
            json.WriteEndObject();
        }
    }
}

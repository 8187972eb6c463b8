using System.Buffers.Text;
using System.Text.Json;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>
/// Writes messages of OTLP's protobuf as JSON. Fields that are not set are left out; 64-bit numbers are strings, as
/// protobuf's JSON has them.
/// </summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding</remarks>
internal static class OtlpJsonWriter
{
    private const int DigitsMax = 20;

    /// <summary>Spans as a TracesData object, those of one source together.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="spans">As the store gives them.</param>
    /// <param name="form">How ids and enums are written.</param>
    /// <param name="resources">The outer property's name: Tempo's is <c>batches</c>.</param>
    public static void Traces(
        Utf8JsonWriter json, IEnumerable<StoredSpan> spans, OtlpJsonForm form = OtlpJsonForm.Otlp,
        string resources = "resourceSpans")
    {
        json.WriteStartObject();
        json.WriteStartArray(resources);
        foreach (var ofSource in spans.GroupBy(span => span.Facts.Source))
        {
            json.WriteStartObject();
            json.WritePropertyName("resource"u8);
            Resource(json, ofSource.Key.ResourceBytes.Span);
            json.WriteStartArray("scopeSpans"u8);
            json.WriteStartObject();
            json.WritePropertyName("scope"u8);
            Scope(json, ofSource.Key.ScopeBytes.Span);
            json.WriteStartArray("spans"u8);
            foreach (var span in ofSource)
            {
                Span(json, span.Body.Span, form);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A Span message as an object.</summary>
    public static void Span(Utf8JsonWriter json, ReadOnlySpan<byte> body, OtlpJsonForm form = OtlpJsonForm.Otlp) =>
        OtlpJsonSpanWriter.Write(json, body, form);

    /// <summary>A LogRecord message as an object.</summary>
    public static void Log(Utf8JsonWriter json, ReadOnlySpan<byte> body, OtlpJsonForm form = OtlpJsonForm.Otlp) =>
        OtlpJsonLogWriter.Write(json, body, form);

    /// <summary>A Resource message as an object.</summary>
    public static void Resource(Utf8JsonWriter json, ReadOnlySpan<byte> resource)
    {
        json.WriteStartObject();
        Attributes(json, OtlpSpan.ResourceAttributes(resource));
        json.WriteEndObject();
    }

    /// <summary>An InstrumentationScope message as an object.</summary>
    public static void Scope(Utf8JsonWriter json, ReadOnlySpan<byte> scope)
    {
        json.WriteStartObject();
        Text(json, "name"u8, OtlpSpan.Field(scope, OtlpTags.Scope.Name));
        Text(json, "version"u8, OtlpSpan.Field(scope, OtlpTags.Scope.Version));
        Attributes(json, OtlpSpan.ScopeAttributes(scope));
        json.WriteEndObject();
    }

    /// <summary>The property <c>attributes</c>, unless there are none.</summary>
    public static void Attributes(Utf8JsonWriter json, OtlpAttributes attributes)
    {
        var any = false;
        foreach (var attribute in attributes)
        {
            if (!any)
            {
                json.WriteStartArray("attributes"u8);
                any = true;
            }

            OtlpJsonValueWriter.Attribute(json, attribute);
        }

        if (any)
        {
            json.WriteEndArray();
        }
    }

    /// <summary>A property with a text, unless it is empty.</summary>
    internal static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.IsEmpty)
        {
            json.WritePropertyName(name);
            OtlpJsonValueWriter.Text(json, utf8);
        }
    }

    /// <summary>A property with an id, unless it is empty.</summary>
    internal static void Id(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> id, OtlpJsonForm form)
    {
        if (id.IsEmpty)
        {
            return;
        }

        if (form == OtlpJsonForm.Protobuf)
        {
            json.WriteBase64String(name, id);
        }
        else if (id.Length <= TraceId.Size)
        {
            Span<byte> hex = stackalloc byte[2 * TraceId.Size];
            Convert.TryToHexStringLower(id, hex, out var written);
            json.WriteString(name, hex[..written]);
        }
        else
        {
            json.WriteString(name, Convert.ToHexStringLower(id));
        }
    }

    /// <summary>A property with a time, unless it is zero.</summary>
    internal static void Time(Utf8JsonWriter json, ReadOnlySpan<byte> name, ulong unixNs)
    {
        if (unixNs != 0)
        {
            Span<byte> digits = stackalloc byte[DigitsMax];
            Utf8Formatter.TryFormat(unixNs, digits, out var written);
            json.WriteString(name, digits[..written]);
        }
    }

    /// <summary>A property with a number, unless it is zero.</summary>
    internal static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, ulong number)
    {
        if (number != 0)
        {
            json.WriteNumber(name, (uint)number);
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Zipkin;

/// <summary>What has to be known of a Zipkin span before the first byte of it is written.</summary>
internal sealed record ZipkinSpanHead
{
    private const int SpanIdDigitsMax = 16;

    /// <summary>The local endpoint's; empty where it is not told.</summary>
    public string Service { get; private set; } = "";

    /// <summary>The tag <c>otel.scope.name</c>, which OpenTelemetry's exporters write; else empty.</summary>
    public string Scope { get; private set; } = "";

    public TraceId TraceId { get; private set; }

    public ulong SpanId { get; private set; }

    public ulong ParentSpanId { get; private set; }

    public SpanKind Kind { get; private set; } = SpanKind.Internal;

    /// <summary>0 where it is not told.</summary>
    public long TimestampUnixUs { get; private set; }

    public long DurationUs { get; private set; }

    /// <summary>The first annotation's time: the next best where the span has none.</summary>
    public long AnnotationUnixUs { get; private set; }

    /// <summary>The id is also that of the caller's span.</summary>
    public bool IsShared { get; private set; }

    /// <summary>Reads an object to its end.</summary>
    /// <exception cref="MalformedOtlpException">An id, kind or time is none.</exception>
    public static ZipkinSpanHead Read(ref Utf8JsonReader reader)
    {
        var head = new ZipkinSpanHead();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            head.ReadProperty(ref reader);
        }

        if (!head.TraceId.IsValid || head.SpanId == 0)
        {
            throw new MalformedOtlpException($"a span has no {(head.TraceId.IsValid ? "id" : "traceId")}");
        }

        return head;
    }

    private void ReadProperty(ref Utf8JsonReader reader)
    {
        if (ZipkinJson.Is(ref reader, "traceId"u8))
        {
            TraceId = TraceId.TryParse(ZipkinJson.Text(ref reader, "traceId"), out var id)
                ? id : throw Refused(ref reader, "traceId", "1 to 32 hex digits that are not all zero");
        }
        else if (ZipkinJson.Is(ref reader, "id"u8))
        {
            SpanId = Id(ref reader, "id");
        }
        else if (ZipkinJson.Is(ref reader, "parentId"u8))
        {
            ParentSpanId = reader.TokenType == JsonTokenType.Null ? 0 : Id(ref reader, "parentId");
        }
        else if (ZipkinJson.Is(ref reader, "kind"u8))
        {
            Kind = KindOf(ref reader);
        }
        else if (ZipkinJson.Is(ref reader, "timestamp"u8))
        {
            TimestampUnixUs = ZipkinJson.Whole(ref reader, "timestamp");
        }
        else if (ZipkinJson.Is(ref reader, "duration"u8))
        {
            DurationUs = ZipkinJson.Whole(ref reader, "duration");
        }
        else if (ZipkinJson.Is(ref reader, "shared"u8))
        {
            IsShared = reader.TokenType == JsonTokenType.True;
        }
        else if (ZipkinJson.Is(ref reader, "localEndpoint"u8))
        {
            Service = ZipkinJson.TextWithin(ref reader, "serviceName"u8) ?? "";
        }
        else if (ZipkinJson.Is(ref reader, "tags"u8))
        {
            Scope = ZipkinJson.TextWithin(ref reader, "otel.scope.name"u8) ?? "";
        }
        else if (ZipkinJson.Is(ref reader, "annotations"u8))
        {
            ReadAnnotations(ref reader);
        }
        else
        {
            ZipkinJson.SkipValue(ref reader);
        }
    }

    private void ReadAnnotations(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (ZipkinJson.Is(ref reader, "timestamp"u8))
                {
                    var time = ZipkinJson.Whole(ref reader, "an annotation's timestamp");
                    AnnotationUnixUs = AnnotationUnixUs == 0 ? time : Math.Min(AnnotationUnixUs, time);
                }
                else
                {
                    ZipkinJson.SkipValue(ref reader);
                }
            }
        }

        if (reader.TokenType != JsonTokenType.EndArray)
        {
            throw Refused(ref reader, "an annotation", "an object");
        }
    }

    private static ulong Id(ref Utf8JsonReader reader, string name)
    {
        var text = ZipkinJson.Text(ref reader, name);
        return text.Length is > 0 and <= SpanIdDigitsMax
            && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) && id != 0
            ? id : throw Refused(ref reader, name, "1 to 16 hex digits that are not all zero");
    }

    private static SpanKind KindOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => SpanKind.Internal,
        JsonTokenType.String when reader.ValueTextEquals("CLIENT"u8) => SpanKind.Client,
        JsonTokenType.String when reader.ValueTextEquals("SERVER"u8) => SpanKind.Server,
        JsonTokenType.String when reader.ValueTextEquals("PRODUCER"u8) => SpanKind.Producer,
        JsonTokenType.String when reader.ValueTextEquals("CONSUMER"u8) => SpanKind.Consumer,
        _ => throw Refused(ref reader, "kind", "CLIENT, SERVER, PRODUCER or CONSUMER"),
    };

    private static MalformedOtlpException Refused(ref Utf8JsonReader reader, string name, string allowed) => new(
        $"{name} at byte {reader.TokenStartIndex} of the JSON has to be {allowed}, and is {ZipkinJson.Shown(ref reader)}");
}

using System.Text.Json;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Zipkin;

/// <summary>Writes one Zipkin span as a Span message.</summary>
internal static class ZipkinSpanWriter
{
    private const long NsPerUs = 1000;

    /// <param name="reader">At the object's beginning.</param>
    /// <param name="head">What was read of it already.</param>
    /// <param name="writer">Where to; within a ScopeSpans message.</param>
    /// <param name="now">The time of a span that has none.</param>
    /// <exception cref="MalformedOtlpException">A name, tag or annotation is none.</exception>
    public static void Write(ref Utf8JsonReader reader, ZipkinSpanHead head, ProtoWriter writer, DateTimeOffset now)
    {
        var it = writer.Begin(OtlpTags.ScopeItems.Items);
        WriteHead(head, writer, now);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ZipkinJson.Is(ref reader, "name"u8))
            {
                writer.Text(OtlpTags.Span.Name, reader.TokenType == JsonTokenType.Null ? "" : ZipkinJson.Text(ref reader, "name"));
            }
            else if (ZipkinJson.Is(ref reader, "remoteEndpoint"u8))
            {
                ZipkinEndpoint.Write(ref reader, writer, isRemote: true);
            }
            else if (ZipkinJson.Is(ref reader, "localEndpoint"u8))
            {
                ZipkinEndpoint.Write(ref reader, writer, isRemote: false);
            }
            else if (ZipkinJson.Is(ref reader, "annotations"u8))
            {
                ZipkinAnnotations.Write(ref reader, writer);
            }
            else if (ZipkinJson.Is(ref reader, "tags"u8))
            {
                new ZipkinTags(writer).Write(ref reader);
            }
            else
            {
                ZipkinJson.SkipValue(ref reader);
            }
        }

        writer.End(it);
    }

    private static void WriteHead(ZipkinSpanHead head, ProtoWriter writer, DateTimeOffset now)
    {
        Span<byte> trace = stackalloc byte[TraceId.Size];
        head.TraceId.Write(trace);
        writer.Bytes(OtlpTags.Span.TraceId, trace);
        writer.SpanId(OtlpTags.Span.SpanId, head.SpanId);
        if (head.ParentSpanId != 0)
        {
            writer.SpanId(OtlpTags.Span.ParentSpanId, head.ParentSpanId);
        }

        writer.Varint(OtlpTags.Span.Kind, (ulong)head.Kind);
        var startUs = head.TimestampUnixUs != 0 ? head.TimestampUnixUs
            : head.AnnotationUnixUs != 0 ? head.AnnotationUnixUs
            : now.ToUnixTimeMilliseconds() * NsPerUs;
        var startNs = Math.Min((ulong)startUs, long.MaxValue / NsPerUs) * NsPerUs;
        var durationNs = Math.Min((ulong)head.DurationUs, long.MaxValue / NsPerUs) * NsPerUs;
        writer.Fixed64(OtlpTags.Span.Start, startNs);
        writer.Fixed64(OtlpTags.Span.End, startNs + durationNs);
        if (head.IsShared)
        {
            // Kept for whoever asks for the span in Zipkin's form again.
            ZipkinAttributes.Write(writer, OtlpTags.Span.Attributes, "zipkin.shared"u8, "true");
        }
    }
}

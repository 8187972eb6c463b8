using Microsoft.AspNetCore.Http;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Otlp.Json;
using Throughline.Server.Internal.Query.Traces;

namespace Throughline.Server.Internal.Compat.Tempo;

/// <summary>Writes a trace as Tempo does: JSON with ids in base64, or protobuf for whoever accepts that.</summary>
internal static class TempoTraceWriter
{
    private const string ProtobufType = "application/protobuf";

    /// <summary>TraceByIDResponse's fields.</summary>
    private const uint TraceTag = (1 << 3) | (uint)WireType.Bytes;
    private const uint StatusTag = (3 << 3) | (uint)WireType.Varint;
    private const uint MessageTag = (4 << 3) | (uint)WireType.Bytes;
    private const ulong Partial = 1;

    public static Task WriteAsync(HttpContext context, FoundTrace trace, bool isV2, CancellationToken cancellationToken) =>
        context.Request.Headers.Accept.ToString().Contains(ProtobufType, StringComparison.OrdinalIgnoreCase)
            ? WriteProtobufAsync(context, trace, isV2, cancellationToken)
            : WriteJsonAsync(context, trace, isV2, cancellationToken);

    private static string CutShort(FoundTrace trace) => $"the trace has more spans; these are the first {trace.Spans.Count}";

    private static Task WriteJsonAsync(HttpContext context, FoundTrace trace, bool isV2, CancellationToken cancellationToken) =>
        Answers.JsonAsync(
            context,
            json =>
            {
                if (!isV2)
                {
                    OtlpJsonWriter.Traces(json, trace.Spans, OtlpJsonForm.Protobuf, "batches");
                    return;
                }

                json.WriteStartObject();
                json.WritePropertyName("trace"u8);
                OtlpJsonWriter.Traces(json, trace.Spans, OtlpJsonForm.Protobuf);
                if (trace.IsCutShort)
                {
                    json.WriteString("status"u8, "PARTIAL"u8);
                    json.WriteString("message"u8, CutShort(trace));
                }

                json.WriteEndObject();
            },
            cancellationToken);

    private static async Task WriteProtobufAsync(HttpContext context, FoundTrace trace, bool isV2, CancellationToken cancellationToken)
    {
        using var writer = new ProtoWriter();
        if (isV2)
        {
            var it = writer.Begin(TraceTag);
            Write(writer, trace);
            writer.End(it);
            if (trace.IsCutShort)
            {
                writer.Varint(StatusTag, Partial);
                writer.Bytes(MessageTag, System.Text.Encoding.UTF8.GetBytes(CutShort(trace)));
            }
        }
        else
        {
            Write(writer, trace);
        }

        context.Response.ContentType = ProtobufType;
        await context.Response.Body.WriteAsync(writer.Written, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A TracesData message: spans as they were received, those of one source together.</summary>
    private static void Write(ProtoWriter writer, FoundTrace trace)
    {
        foreach (var ofSource in trace.Spans.GroupBy(s => s.Facts.Source))
        {
            var resource = writer.Begin(OtlpTags.Request.Resources);
            writer.Bytes(OtlpTags.ResourceItems.Resource, ofSource.Key.ResourceBytes.Span);
            var scope = writer.Begin(OtlpTags.ResourceItems.Scopes);
            writer.Bytes(OtlpTags.ScopeItems.Scope, ofSource.Key.ScopeBytes.Span);
            foreach (var span in ofSource)
            {
                writer.Bytes(OtlpTags.ScopeItems.Items, span.Body.Span);
            }

            writer.End(scope);
            writer.End(resource);
        }
    }
}

using System.Text.Json;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Zipkin;

/// <summary>
/// Reads a list of spans in Zipkin's v2 JSON by writing the ExportTraceServiceRequest that says the same, by OpenTelemetry's
/// mapping between the two.
/// </summary>
/// <remarks>
/// https://zipkin.io/zipkin-api/zipkin2-api.yaml, https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/
/// </remarks>
internal static class ZipkinReader
{
    private const int DepthMax = 16;

    /// <summary>Writes the request as protobuf. The caller disposes of the writer, which holds it.</summary>
    /// <param name="json">A JSON array of spans.</param>
    /// <param name="now">The time of a span that has none: Zipkin allows that, and nobody would find it in 1970.</param>
    /// <exception cref="MalformedOtlpException">It is no such list; an id is none.</exception>
    public static ProtoWriter Read(ReadOnlySpan<byte> json, DateTimeOffset now)
    {
        var writer = new ProtoWriter(Math.Max(json.Length / 2, 1));
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                throw new MalformedOtlpException("Zipkin's spans have to be a JSON array of objects");
            }

            new Run(writer, now).ReadAll(ref reader);
            if (reader.Read())
            {
                throw new MalformedOtlpException("there is something behind the array of spans");
            }

            return writer;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            writer.Dispose();
            throw new MalformedOtlpException($"this is no JSON: {e.Message}");
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Spans of one service and scope that follow each other become one ScopeSpans.</summary>
    private sealed class Run(ProtoWriter writer, DateTimeOffset now)
    {
        private string? _service;
        private string? _scope;
        private int _resources;
        private int _scopes;

        public void ReadAll(ref Utf8JsonReader reader)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    throw new MalformedOtlpException("Zipkin's spans have to be objects, and one of them is not");
                }

                // Twice over the same bytes: what a span belongs to may stand behind everything else that it says.
                var again = reader;
                var head = ZipkinSpanHead.Read(ref reader);
                Enter(head);
                ZipkinSpanWriter.Write(ref again, head, writer, now);
            }

            Leave();
        }

        private void Enter(ZipkinSpanHead head)
        {
            if (head.Service == _service && head.Scope == _scope)
            {
                return;
            }

            Leave();
            (_service, _scope) = (head.Service, head.Scope);
            _resources = writer.Begin(OtlpTags.Request.Resources);
            var it = writer.Begin(OtlpTags.ResourceItems.Resource);
            if (_service.Length > 0)
            {
                ZipkinAttributes.Write(writer, OtlpTags.Resource.Attributes, "service.name"u8, _service);
            }

            writer.End(it);
            _scopes = writer.Begin(OtlpTags.ResourceItems.Scopes);
            it = writer.Begin(OtlpTags.ScopeItems.Scope);
            writer.Text(OtlpTags.Scope.Name, _scope);
            writer.End(it);
        }

        private void Leave()
        {
            if (_service is not null)
            {
                writer.End(_scopes);
                writer.End(_resources);
            }
        }
    }
}

using System.Text.Json;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Zipkin;

/// <summary>
/// Writes tags: as attributes, but for those by which OpenTelemetry's exporters tell what Zipkin has no field for. This
/// project's writes a link as <c>otel.link.0</c> = <c>trace id-span id</c>, its attributes behind it as
/// <c>otel.link.0.name</c>.
/// </summary>
internal sealed class ZipkinTags(ProtoWriter writer)
{
    private const string LinkPrefix = "otel.link.";

    private string? _link;
    private int _linkBegun;
    private string? _error;
    private string? _statusCode;

    public void Write(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            Write(name, Value(ref reader));
        }

        EndLink();
        WriteStatus();
    }

    private void Write(string name, string value)
    {
        if (_link is not null && name.StartsWith(_link, StringComparison.Ordinal) && name.Length > _link.Length && name[_link.Length] == '.')
        {
            ZipkinAttributes.Write(writer, OtlpTags.Link.Attributes, name[(_link.Length + 1)..], value);
            return;
        }

        EndLink();
        switch (name)
        {
            case "error":
                _error = value;
                break;
            case "otel.status_code":
                _statusCode = value;
                break;
            case "w3c.tracestate":
                writer.Text(OtlpTags.Span.TraceState, value);
                break;
            case "otel.scope.name":
                // It is the scope that the span lies in.
                break;
            case not null when name.StartsWith(LinkPrefix, StringComparison.Ordinal) && TryBeginLink(name, value):
                break;
            default:
                ZipkinAttributes.Write(writer, OtlpTags.Span.Attributes, name!, value);
                break;
        }
    }

    private bool TryBeginLink(string name, string value)
    {
        var dash = value.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !TraceId.TryParse(value.AsSpan(0, dash), out var trace)
            || !TraceId.TryParse(value.AsSpan(dash + 1), out var span) || span.High != 0)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[TraceId.Size];
        trace.Write(bytes);
        _link = name;
        _linkBegun = writer.Begin(OtlpTags.Span.Links);
        writer.Bytes(OtlpTags.Link.TraceId, bytes);
        writer.SpanId(OtlpTags.Link.SpanId, span.Low);
        return true;
    }

    private void EndLink()
    {
        if (_link is not null)
        {
            writer.End(_linkBegun);
            _link = null;
        }
    }

    // Zipkin counts any span with the tag "error" as failed; "true" is what it says where there is nothing to say.
    private void WriteStatus()
    {
        var status = _error is not null || _statusCode == "ERROR" ? SpanStatus.Error
            : _statusCode == "OK" ? SpanStatus.Ok
            : SpanStatus.Unset;
        if (status == SpanStatus.Unset)
        {
            return;
        }

        var it = writer.Begin(OtlpTags.Span.Status);
        writer.Varint(OtlpTags.Status.Code, (ulong)status);
        if (!string.IsNullOrEmpty(_error) && _error != "true")
        {
            writer.Text(OtlpTags.Status.Message, _error);
        }

        writer.End(it);
    }

    private static string Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.Number:
                return System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.True or JsonTokenType.False:
                return reader.TokenType == JsonTokenType.True ? "true" : "false";
            case JsonTokenType.Null:
                return "";
            default:
                throw new MalformedOtlpException(
                    $"tags at byte {reader.TokenStartIndex} of the JSON have to be strings, and one is {ZipkinJson.Shown(ref reader)}");
        }
    }
}

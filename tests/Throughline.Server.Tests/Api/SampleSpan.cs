using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Tests.Otlp;

namespace Throughline.Server.Tests.Api;

/// <summary>A span as a test describes it.</summary>
internal sealed record SampleSpan(string Service, string Name, int Kind)
{
    public const int Server = 2;
    public const int Client = 3;
    public const int Producer = 4;
    public const int Consumer = 5;

    public string Trace { get; init; } = "0af7651916cd43dd8448eb211c80319c";

    public string Id { get; init; } = "b7ad6b7169203331";

    public string Parent { get; init; } = "";

    /// <summary>Milliseconds since the samples' epoch.</summary>
    public long StartMs { get; init; }

    public long DurationMs { get; init; } = 10;

    public (string Key, object Value)[] Attributes { get; init; } = [];

    public (string Trace, string Span)? Link { get; init; }

    /// <summary>A status' description makes it an error.</summary>
    public string? Error { get; init; }

    public (string Name, string Attribute, string Value)? Event { get; init; }

    /// <summary>An ExportTraceServiceRequest with it.</summary>
    public byte[] ToRequest(long epochUnixNs) => OtlpRequest.Of(
        request => Write(request, epochUnixNs), Service, "sample", ("service.version", "1.2.3"));

    private void Write(ProtoWriter request, long epochUnixNs)
    {
        var start = (ulong)(epochUnixNs + (StartMs * 1_000_000));
        var it = request.Begin(OtlpTags.ScopeItems.Items);
        request.Bytes(OtlpTags.Span.TraceId, Convert.FromHexString(Trace));
        request.Bytes(OtlpTags.Span.SpanId, Convert.FromHexString(Id));
        request.Bytes(OtlpTags.Span.ParentSpanId, Convert.FromHexString(Parent));
        request.Bytes(OtlpTags.Span.Name, Encoding.UTF8.GetBytes(Name));
        request.Varint(OtlpTags.Span.Kind, (ulong)Kind);
        request.Fixed64(OtlpTags.Span.Start, start);
        request.Fixed64(OtlpTags.Span.End, start + ((ulong)DurationMs * 1_000_000));
        foreach (var (key, value) in Attributes)
        {
            OtlpRequest.Attribute(request, OtlpTags.Span.Attributes, key, value);
        }

        WriteEvent(request, start);
        WriteLink(request);
        if (Error is not null)
        {
            var status = request.Begin(OtlpTags.Span.Status);
            request.Bytes(OtlpTags.Status.Message, Encoding.UTF8.GetBytes(Error));
            request.Varint(OtlpTags.Status.Code, 2);
            request.End(status);
        }

        request.End(it);
    }

    private void WriteEvent(ProtoWriter request, ulong start)
    {
        if (Event is { } e)
        {
            var it = request.Begin(OtlpTags.Span.Events);
            request.Fixed64(OtlpTags.Event.Time, start + 1_000_000);
            request.Bytes(OtlpTags.Event.Name, Encoding.UTF8.GetBytes(e.Name));
            OtlpRequest.Attribute(request, OtlpTags.Event.Attributes, e.Attribute, e.Value);
            request.End(it);
        }
    }

    private void WriteLink(ProtoWriter request)
    {
        if (Link is { } link)
        {
            var it = request.Begin(OtlpTags.Span.Links);
            request.Bytes(OtlpTags.Link.TraceId, Convert.FromHexString(link.Trace));
            request.Bytes(OtlpTags.Link.SpanId, Convert.FromHexString(link.Span));
            request.End(it);
        }
    }
}

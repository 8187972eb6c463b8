namespace Throughline.Cli.Demo.Otlp;

/// <summary>A span's link to another span, of this trace or another.</summary>
internal sealed record TraceSpanLink(string TraceId, string SpanId);

using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>What is known of a span while its message is being read.</summary>
internal ref struct SpanParts
{
    private string? _problem;

    public TraceId TraceId { get; private set; }

    public ulong SpanId { get; private set; }

    public ulong ParentSpanId { get; private set; }

    public ReadOnlySpan<byte> Name { get; set; }

    public SpanKind Kind { get; set; }

    public SpanStatus Status { get; set; }

    public bool? IsParentRemote { get; set; }

    public long StartUnixNs { get; set; }

    public long EndUnixNs { get; set; }

    public double Weight { get; set; }

    public string? ExceptionType { get; set; }

    public List<SpanLink>? Links { get; set; }

    public void TakeTraceId(ReadOnlySpan<byte> bytes)
    {
        if (OtlpIds.TryReadTrace(bytes, out var id))
        {
            TraceId = id;
        }
        else
        {
            _problem ??= OtlpIds.Problem("trace_id", bytes, TraceId.Size);
        }
    }

    public void TakeSpanId(ReadOnlySpan<byte> bytes)
    {
        if (OtlpIds.TryReadSpan(bytes, out var id))
        {
            SpanId = id;
        }
        else
        {
            _problem ??= OtlpIds.Problem("span_id", bytes, OtlpIds.SpanIdSize);
        }
    }

    public void TakeParentSpanId(ReadOnlySpan<byte> bytes)
    {
        if (OtlpIds.TryReadSpan(bytes, out var id))
        {
            ParentSpanId = id;
        }
        else if (bytes.Length is not 0 and not OtlpIds.SpanIdSize)
        {
            _problem ??= OtlpIds.Problem("parent_span_id", bytes, OtlpIds.SpanIdSize);
        }
    }

    /// <summary>Why the span has no usable identity; null where it has one.</summary>
    public readonly string? IdProblem() =>
        _problem
        ?? (!TraceId.IsValid ? OtlpIds.Problem("trace_id", default, TraceId.Size)
            : SpanId == 0 ? OtlpIds.Problem("span_id", default, OtlpIds.SpanIdSize)
            : null);
}

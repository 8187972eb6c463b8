using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// Reads OTLP's requests into facts, in one pass over the bytes. For many threads at once. What it has accepted is
/// well-formed to the last attribute, so that whoever reads the same bytes later need not ask again.
/// </summary>
internal sealed class OtlpDecoder
{
    private readonly SpanSources _sources;
    private readonly SpanDecoder _spans;
    private readonly MetricDecoder _metrics;

    public OtlpDecoder()
        : this(new Names())
    {
    }

    private OtlpDecoder(Names names)
    {
        _sources = new SpanSources(names);
        _spans = new SpanDecoder(names);
        _metrics = new MetricDecoder(names);
    }

    /// <summary>Reads an ExportTraceServiceRequest.</summary>
    /// <exception cref="MalformedOtlpException">It is none, or has more than <see cref="ItemWalk.ItemsMax"/> spans.</exception>
    public DecodedTraces Traces(ReadOnlySpan<byte> payload)
    {
        var spans = new List<SpanFacts>();
        long rejected = 0;
        string? why = null;
        var walk = new ItemWalk(payload, _sources);
        while (walk.Next())
        {
            if (_spans.TryRead(walk.Item, walk.Source, out var span, out var cause))
            {
                span.Position = walk.Position;
                spans.Add(span);
            }
            else
            {
                rejected++;
                why ??= cause;
            }
        }

        return new DecodedTraces(spans, rejected, why);
    }

    /// <summary>Reads an ExportLogsServiceRequest.</summary>
    /// <exception cref="MalformedOtlpException">It is none, or has more than <see cref="ItemWalk.ItemsMax"/> records.</exception>
    public DecodedLogs Logs(ReadOnlySpan<byte> payload)
    {
        var logs = new List<LogFacts>();
        long withoutTrace = 0, rejected = 0;
        string? why = null;
        var walk = new ItemWalk(payload, _sources);
        while (walk.Next())
        {
            if (!LogDecoder.TryRead(walk.Item, walk.Source, out var log, out var cause))
            {
                rejected++;
                why ??= cause;
            }
            else if (log.TraceId.IsValid)
            {
                log.Position = walk.Position;
                logs.Add(log);
            }
            else
            {
                withoutTrace++;
            }
        }

        return new DecodedLogs(logs, withoutTrace, rejected, why);
    }

    /// <summary>Reads an ExportMetricsServiceRequest.</summary>
    /// <exception cref="MalformedOtlpException">It is none, or has more than <see cref="ItemWalk.ItemsMax"/> metrics or points.</exception>
    public DecodedMetrics Metrics(ReadOnlySpan<byte> payload)
    {
        var points = new List<MetricPoint>();
        long unread = 0;
        var walk = new ItemWalk(payload, _sources);
        while (walk.Next())
        {
            unread += _metrics.Read(walk.Item, ref walk, points);
        }

        return new DecodedMetrics(points, unread);
    }

    /// <summary>Reads a Span message that came out of a request: what the store kept.</summary>
    /// <exception cref="MalformedOtlpException">It is none, or has no usable identity.</exception>
    public SpanFacts ReadSpan(ReadOnlySpan<byte> body, SpanSource source) =>
        _spans.TryRead(body, source, out var span, out var cause) ? span : throw new MalformedOtlpException(cause);

    /// <summary>Reads a LogRecord message that came out of a request.</summary>
    /// <exception cref="MalformedOtlpException">It is none, or its ids are none.</exception>
    public static LogFacts ReadLog(ReadOnlySpan<byte> body, SpanSource source) =>
        LogDecoder.TryRead(body, source, out var log, out var cause) ? log : throw new MalformedOtlpException(cause);

    /// <summary>The source that these Resource and InstrumentationScope messages make.</summary>
    /// <exception cref="MalformedOtlpException">One of them is none.</exception>
    public SpanSource ReadSource(ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope) => _sources.Get(resource, scope);
}

using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>What was read of one request. A log entry that is read again gives the same.</summary>
internal sealed class DecodedRequest
{
    public IReadOnlyList<SpanFacts> Spans { get; private init; } = [];

    public IReadOnlyList<LogFacts> Logs { get; private init; } = [];

    public IReadOnlyList<MetricPoint> Points { get; private init; } = [];

    /// <summary>Items that are refused, with <see cref="Why"/>.</summary>
    public long Rejected { get; private init; }

    public string? Why { get; private init; }

    /// <summary>Items that are accepted and that nothing here reads.</summary>
    public long Unread { get; private init; }

    public int Count => Spans.Count + Logs.Count + Points.Count;

    /// <exception cref="MalformedOtlpException">The payload is no such request.</exception>
    public static DecodedRequest Decode(OtlpDecoder decoder, SignalKind kind, ReadOnlyMemory<byte> payload)
    {
        switch (kind)
        {
            case SignalKind.Traces:
                var traces = decoder.Traces(payload.Span);
                return new DecodedRequest { Spans = traces.Spans, Rejected = traces.Rejected, Why = traces.RejectedWhy };
            case SignalKind.Logs:
                var logs = decoder.Logs(payload.Span);
                return new DecodedRequest
                {
                    Logs = logs.Logs,
                    Unread = logs.WithoutTrace,
                    Rejected = logs.Rejected,
                    Why = logs.RejectedWhy,
                };
            case SignalKind.Metrics:
                var metrics = decoder.Metrics(payload.Span);
                return new DecodedRequest { Points = metrics.Points, Unread = metrics.Unread };
            default:
                throw new MalformedOtlpException($"A request of kind {(byte)kind} is not known; 1, 2 and 3 are.");
        }
    }

    /// <summary>Tells the items where in the log they lie.</summary>
    public void Place(long entry)
    {
        foreach (var span in Spans)
        {
            span.Position = span.Position with { Entry = entry };
        }

        foreach (var log in Logs)
        {
            log.Position = log.Position with { Entry = entry };
        }
    }
}

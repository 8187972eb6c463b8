using System.Diagnostics;
using Confluent.Kafka;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Kafka;

/// <summary>What is told of a client's records, and how. Read once, when the client is built or wrapped.</summary>
public sealed class KafkaTracingOptions
{
    /// <summary>How process spans refer to the creation context. Default: <see cref="ProcessCorrelation.ParentAndLink"/>.</summary>
    public ProcessCorrelation Correlation { get; set; }

    /// <summary>Exceptions to <see cref="Correlation"/> by topic name.</summary>
    public IDictionary<string, ProcessCorrelation> CorrelationByTopic { get; } =
        new Dictionary<string, ProcessCorrelation>(StringComparer.Ordinal);

    /// <summary>What sends do with trace headers that are on the message already. Default: <see cref="ExistingContext.Replace"/>.</summary>
    public ExistingContext ExistingContext { get; set; }

    /// <summary>
    /// The propagator to use; <see langword="null"/> (default) follows the one set on the OpenTelemetry SDK, else
    /// <c>OTEL_PROPAGATORS</c>, else W3C trace context and baggage.
    /// </summary>
    public TextMapPropagator? Propagator { get; set; }

    /// <summary>
    /// The name of a header that carries the trace id in hex, for systems that search by one; the caller's own header of
    /// that name stays. <see langword="null"/> (default) adds none; the customary name is <c>correlation_id</c>.
    /// </summary>
    public string? CorrelationIdHeader { get; set; }

    /// <summary>
    /// A <c>poll</c> span for each Consume that returned a record, linked to the record's creation context. Off by
    /// default: it is a trace of its own beside each record's.
    /// </summary>
    public bool PollSpans { get; set; }

    /// <summary>
    /// A <c>commit</c> span for each commit that the application makes, and the spans that end transactions
    /// (<c>commit_transaction</c>, <c>abort_transaction</c>). On by default.
    /// </summary>
    public bool CommitSpans { get; set; } = true;

    /// <summary>
    /// A <c>commit</c> span for each commit that the client makes by itself. <see langword="null"/> (default): where the
    /// client is built by <see cref="TracingConsumerBuilder{TKey,TValue}"/>. A wrapped client refuses <see langword="true"/>.
    /// </summary>
    public bool? AutomaticCommitSpans { get; set; }

    /// <summary>Links that one span of a batch, or of a transaction's end, carries at most; the rest are counted on it. Default: 128, as in the SDK.</summary>
    public int BatchLinksMax { get; set; } = 128;

    /// <summary>Tells keys as <c>messaging.kafka.message.key</c>, where they have a canonical text form. Off by default.</summary>
    public bool CaptureKeys { get; set; }

    /// <summary>Tells <c>messaging.message.body.size</c>, where the value's size is known without serialising it again. Off by default.</summary>
    public bool CaptureSizes { get; set; }

    /// <summary>Names of headers to tell as <c>messaging.header.{name}</c>. None by default.</summary>
    public IList<string> CaptureHeaders { get; } = [];

    /// <summary>Adds to a recorded send span, before the record is sent. A hook that throws is contained and counted.</summary>
    public Action<Activity, string, MessageMetadata>? EnrichSend { get; set; }

    /// <summary>Adds to a recorded process span, before the handler runs. A hook that throws is contained and counted.</summary>
    public Action<Activity, TopicPartitionOffset, MessageMetadata>? EnrichProcess { get; set; }

    /// <summary>The clock of received times and of durations without a span; spans have their own. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}

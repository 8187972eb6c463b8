using System.Diagnostics;
using Microsoft.Extensions.Logging;
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

    /// <summary>What of a record's content is told: by default its size, nothing else.</summary>
    public CaptureOptions Capture { get; } = new();

    /// <summary>
    /// Globs of topics about which there are no spans at all; metrics are counted, and context is passed on through
    /// them. None by default.
    /// </summary>
    public IList<string> UntracedTopics { get; } = [];

    /// <summary>
    /// Which sends have a span: <see langword="false"/> for none, and the record carries the caller's own context on.
    /// <see langword="null"/> (default): all.
    /// </summary>
    /// <remarks>
    /// Hooks run on the caller's thread, and a handler's record waits for them. One that throws is contained and counted.
    /// One that takes longer than <see cref="HookTimeMax"/> is interrupted, counted, and switched off the third time
    /// within a minute.
    /// </remarks>
    public Func<TracedRecord, bool>? FilterSend { get; set; }

    /// <summary>
    /// Which records have a <c>process</c> span: <see langword="false"/> for none, and the handler runs in the context
    /// that the record carries. A batch does not link to them. <see langword="null"/> (default): all.
    /// </summary>
    /// <inheritdoc cref="FilterSend" path="/remarks"/>
    public Func<TracedRecord, bool>? FilterProcess { get; set; }

    /// <summary>Adds to a recorded send span, before the record is sent. What it sets is not redacted.</summary>
    /// <inheritdoc cref="FilterSend" path="/remarks"/>
    public Action<Activity, TracedRecord>? EnrichSend { get; set; }

    /// <summary>Adds to a recorded process span, before the handler runs. What it sets is not redacted.</summary>
    /// <inheritdoc cref="FilterSend" path="/remarks"/>
    public Action<Activity, TracedRecord>? EnrichProcess { get; set; }

    /// <summary>What one call of a hook may take. Default: a second; allowed: more than zero, up to ten seconds.</summary>
    public TimeSpan HookTimeMax { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often a client that a builder builds tells of itself: queues, offsets, brokers (<c>statistics.interval.ms</c>).
    /// <see langword="null"/> (default), or where the configuration has that setting: as the configuration says, which is
    /// not at all by itself. 1 ms to 24 hours. A wrapped client refuses it.
    /// </summary>
    public TimeSpan? StatisticsInterval { get; set; }

    /// <summary>
    /// The share of a record's bytes (key, value, headers) from which on the headers that tracing adds are warned about,
    /// once per topic: above 0, up to 1; <see langword="null"/> for never. Default: 0.3. It is known for producers that
    /// a builder built with Confluent's own serializers, of <see cref="string"/>, byte arrays and numbers;
    /// others are not warned about.
    /// </summary>
    public double? HeaderShareMax { get; set; } = 0.3;

    /// <summary>
    /// Through which logs inside a handler carry its record: topic, partition, offset, group and trace, as a logging scope
    /// of the category <c>Throughline.Kafka</c>. <see langword="null"/> (default): no scope.
    /// </summary>
    /// <remarks>The level <c>None</c> for that category switches the scope off by configuration.</remarks>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Whether the logging scope has <c>TraceId</c> and <c>SpanId</c>. On by default; <see langword="false"/> where logs
    /// have them already: by the host's <c>ActivityTrackingOptions</c>, or as OpenTelemetry's log records.
    /// </summary>
    public bool LogTraceIds { get; set; } = true;

    /// <summary>The clock of received times and of durations without a span; spans have their own. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}

using Confluent.Kafka;
using Throughline.Kafka.Internal.Capture;
using Throughline.Kafka.Internal.Logs;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>One client's options, frozen when it was built or wrapped, with what follows from them.</summary>
internal sealed class Tracing
{
    private readonly Dictionary<string, ProcessCorrelation> _correlationByTopic;
    private readonly ProcessCorrelation _correlation;

    internal Tracing(KafkaTracingOptions options, KafkaClientDescription description, IClient client)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (options.BatchLinksMax < 0)
        {
            throw new ArgumentException(
                $"{nameof(KafkaTracingOptions.BatchLinksMax)} is {options.BatchLinksMax}; allowed: 0 or more.", nameof(options));
        }

        if (options.CorrelationIdHeader is { Length: 0 })
        {
            throw new ArgumentException(
                $"{nameof(KafkaTracingOptions.CorrelationIdHeader)} is empty; allowed: a header name, or null for none.", nameof(options));
        }

        if (options.HeaderShareMax is not (null or (> 0 and <= 1)))
        {
            throw new ArgumentException(
                $"{nameof(KafkaTracingOptions.HeaderShareMax)} is {options.HeaderShareMax}; allowed: above 0, up to 1, or null for never.",
                nameof(options));
        }

        _correlation = options.Correlation;
        _correlationByTopic = new(options.CorrelationByTopic, StringComparer.Ordinal);
        ExistingContext = options.ExistingContext;
        CorrelationIdHeader = options.CorrelationIdHeader;
        PollSpans = options.PollSpans;
        CommitSpans = options.CommitSpans;
        AutomaticCommitSpans = options.AutomaticCommitSpans ?? options.CommitSpans;
        BatchLinksMax = options.BatchLinksMax;
        Time = options.TimeProvider;
        Propagator = options.Propagator is null ? ContextPropagator.Default : new ContextPropagator(options.Propagator);
        Client = new ClientIdentity(description, client, ConventionsOptIn.WantsV124);
        Capture = new RecordCapture(options.Capture);
        Hooks = new RecordHooks(options);
        Logs = LogScopes.Of(options, Client.Group);
    }

    internal ClientIdentity Client { get; }

    internal ContextPropagator Propagator { get; }

    internal RecordCapture Capture { get; }

    internal RecordHooks Hooks { get; }

    /// <summary>The logging scopes to open; <see langword="null"/> for none.</summary>
    internal LogScopes? Logs { get; }

    internal ExistingContext ExistingContext { get; }

    internal string? CorrelationIdHeader { get; }

    internal bool PollSpans { get; }

    internal bool CommitSpans { get; }

    internal bool AutomaticCommitSpans { get; }

    internal int BatchLinksMax { get; }

    internal TimeProvider Time { get; }

    internal ProcessCorrelation CorrelationOf(string? topic) =>
        topic is not null && _correlationByTopic.Count > 0 && _correlationByTopic.TryGetValue(topic, out var correlation)
            ? correlation
            : _correlation;
}

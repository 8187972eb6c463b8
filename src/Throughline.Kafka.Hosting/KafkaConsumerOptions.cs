using Confluent.Kafka;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting;

/// <summary>A consumer's settings. Read once, when it is made.</summary>
public sealed class KafkaConsumerOptions
{
    /// <summary>
    /// What it subscribes to: names, or patterns that begin with <c>^</c>. Those that a configuration names take the place of
    /// those that were given to <c>AddConsumer</c>.
    /// </summary>
    public IList<string> Topics { get; } = [];

    /// <summary>
    /// The client's own settings. In a configuration: <c>Client:{librdkafka's name}</c>, and <c>BootstrapServers</c> and
    /// <c>Group</c>.
    /// </summary>
    public ConsumerConfig Client { get; } = new();

    /// <summary>What is told of its records.</summary>
    public KafkaTracingOptions Tracing { get; } = new();

    /// <summary>How its records are processed.</summary>
    public ProcessingOptions Processing { get; } = new();

    /// <summary>What a batch is, for a consumer with an <see cref="IBatchHandler{TKey,TValue}"/>.</summary>
    public BatchOptions Batch { get; } = new();

    /// <summary>What happens when processing ends by an error. Default: <see cref="ConsumerFailureAction.StopHost"/>.</summary>
    public ConsumerFailureAction FailureAction { get; set; }

    /// <summary>The pause before the first restart, 10 ms to an hour; each is twice as long as the one before. Default: 1 s.</summary>
    public TimeSpan RestartPauseInitial { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest pause before a restart, up to an hour. After a run that was longer than this the pauses begin anew.
    /// Default: a minute.
    /// </summary>
    public TimeSpan RestartPauseMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What its health check asks for.</summary>
    public ConsumerHealthOptions Health { get; } = new();

    internal SettingPaths Paths { get; } = new();

    internal Func<IProducer<byte[], byte[]>>? ForFailures { get; init; }

    /// <summary>Its topics, and those in which records wait for their next attempt.</summary>
    internal IEnumerable<string> AllTopics =>
        Topics.Concat(Processing.Failures?.RetryTopics.Select(topic => topic.Name) ?? []).Distinct(StringComparer.Ordinal);

    /// <summary>
    /// Has failed records sent on by the host's producer <c>failures</c>, which is made for that; where to, is set on what this
    /// returns. The consumer subscribes to its retry topics too. In a configuration: <c>Processing:Failures</c>.
    /// </summary>
    /// <exception cref="KafkaSettingsException">That producer's settings are wrong.</exception>
    /// <exception cref="InvalidOperationException">These options are not a host's consumer's, or a producer of that name sends other types.</exception>
    public FailureRouting RouteFailures() => Processing.Failures ??= new(
        ForFailures?.Invoke() ?? throw new InvalidOperationException("Only a host's consumer has a producer for failed records."));
}

using Confluent.Kafka;
using Throughline.Kafka.Internal;
using Throughline.Kafka.Internal.Failures;
using Throughline.Kafka.Internal.Metrics;
using Throughline.Kafka.Internal.Processing;

namespace Throughline.Kafka;

/// <summary>
/// Confluent.Kafka's <see cref="ConsumerBuilder{TKey,TValue}"/> with tracing: everything set on it works as before, and
/// <see cref="Build"/> returns a <see cref="TracingConsumer{TKey,TValue}"/>. The user's handlers are given that one.
/// </summary>
/// <typeparam name="TKey">The type of keys.</typeparam>
/// <typeparam name="TValue">The type of values.</typeparam>
public class TracingConsumerBuilder<TKey, TValue> : ConsumerBuilder<TKey, TValue>
{
    private const string AutoOffsetStore = "enable.auto.offset.store";

    private readonly BuiltClients<IConsumer<TKey, TValue>> _built = new();
    private readonly KafkaTracingOptions _options;
    private bool _chained;

    /// <summary>Starts from a configuration.</summary>
    /// <param name="config">The client's configuration.</param>
    /// <param name="options">What is told; <see langword="null"/> for the defaults.</param>
    public TracingConsumerBuilder(IEnumerable<KeyValuePair<string, string>> config, KafkaTracingOptions? options = null)
        : base(config)
    {
        _options = options ?? new();
    }

    /// <summary>Builds a consumer with the configuration as it is: what the application did before works as before.</summary>
    /// <exception cref="ArgumentException">An option or a configuration value is not allowed; the message names it.</exception>
    public override TracingConsumer<TKey, TValue> Build()
    {
        var given = Config;
        Config = StatisticsSettings.Apply(_options, given);
        try
        {
            return BuildTracing(new ClientSettings(Config));
        }
        finally
        {
            Config = given;
        }
    }

    /// <summary>
    /// Builds a consumer for <see cref="TracingConsumer{TKey,TValue}.ProcessAsync(Func{ConsumeResult{TKey,TValue},CancellationToken,Task},ProcessingOptions,CancellationToken)"/>: with
    /// <c>enable.auto.offset.store=false</c>, so that only records whose handler is done are committed.
    /// </summary>
    /// <exception cref="ArgumentException">An option or a configuration value is not allowed; the message names it.</exception>
    public TracingConsumer<TKey, TValue> BuildForProcessing()
    {
        var (given, keys, values) = (Config, KeyDeserializer, ValueDeserializer);
        var originals = new OriginalKeeper();
        Config = [.. given.Where(setting => setting.Key != AutoOffsetStore), new(AutoOffsetStore, "false")];
        KeyDeserializer = KeepingDeserializer<TKey>.Around(keys, originals)!;
        ValueDeserializer = KeepingDeserializer<TValue>.Around(values, originals)!;
        try
        {
            var consumer = Build();
            consumer.Originals = originals;
            return consumer;
        }
        finally
        {
            (Config, KeyDeserializer, ValueDeserializer) = (given, keys, values);
        }
    }

    // The base's methods, returning this type so that they chain up to its Build.
    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetStatisticsHandler(Action{IConsumer{TKey,TValue},string})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetStatisticsHandler(
        Action<IConsumer<TKey, TValue>, string> statisticsHandler)
    {
        base.SetStatisticsHandler(statisticsHandler);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetErrorHandler(Action{IConsumer{TKey,TValue},Error})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetErrorHandler(Action<IConsumer<TKey, TValue>, Error> errorHandler)
    {
        base.SetErrorHandler(errorHandler);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetLogHandler(Action{IConsumer{TKey,TValue},LogMessage})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetLogHandler(
        Action<IConsumer<TKey, TValue>, LogMessage> logHandler)
    {
        base.SetLogHandler(logHandler);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetOAuthBearerTokenRefreshHandler(Action{IConsumer{TKey,TValue},string})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetOAuthBearerTokenRefreshHandler(
        Action<IConsumer<TKey, TValue>, string> oAuthBearerTokenRefreshHandler)
    {
        base.SetOAuthBearerTokenRefreshHandler(oAuthBearerTokenRefreshHandler);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetKeyDeserializer(IDeserializer{TKey})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetKeyDeserializer(IDeserializer<TKey> deserializer)
    {
        base.SetKeyDeserializer(deserializer);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetValueDeserializer(IDeserializer{TValue})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetValueDeserializer(IDeserializer<TValue> deserializer)
    {
        base.SetValueDeserializer(deserializer);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetPartitionsAssignedHandler(Func{IConsumer{TKey,TValue},List{TopicPartition},IEnumerable{TopicPartitionOffset}})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetPartitionsAssignedHandler(
        Func<IConsumer<TKey, TValue>, List<TopicPartition>, IEnumerable<TopicPartitionOffset>> partitionsAssignedHandler)
    {
        base.SetPartitionsAssignedHandler(partitionsAssignedHandler);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetPartitionsAssignedHandler(Action{IConsumer{TKey,TValue},List{TopicPartition}})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetPartitionsAssignedHandler(
        Action<IConsumer<TKey, TValue>, List<TopicPartition>> partitionAssignedHandler)
    {
        base.SetPartitionsAssignedHandler(partitionAssignedHandler);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetPartitionsRevokedHandler(Func{IConsumer{TKey,TValue},List{TopicPartitionOffset},IEnumerable{TopicPartitionOffset}})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetPartitionsRevokedHandler(
        Func<IConsumer<TKey, TValue>, List<TopicPartitionOffset>, IEnumerable<TopicPartitionOffset>> partitionsRevokedHandler)
    {
        base.SetPartitionsRevokedHandler(partitionsRevokedHandler);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetPartitionsRevokedHandler(Action{IConsumer{TKey,TValue},List{TopicPartitionOffset}})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetPartitionsRevokedHandler(
        Action<IConsumer<TKey, TValue>, List<TopicPartitionOffset>> partitionRevokedHandler)
    {
        base.SetPartitionsRevokedHandler(partitionRevokedHandler);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetPartitionsLostHandler(Func{IConsumer{TKey,TValue},List{TopicPartitionOffset},IEnumerable{TopicPartitionOffset}})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetPartitionsLostHandler(
        Func<IConsumer<TKey, TValue>, List<TopicPartitionOffset>, IEnumerable<TopicPartitionOffset>> partitionsLostHandler)
    {
        base.SetPartitionsLostHandler(partitionsLostHandler);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetPartitionsLostHandler(Action{IConsumer{TKey,TValue},List{TopicPartitionOffset}})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetPartitionsLostHandler(
        Action<IConsumer<TKey, TValue>, List<TopicPartitionOffset>> partitionLostHandler)
    {
        base.SetPartitionsLostHandler(partitionLostHandler);
        return this;
    }

    /// <inheritdoc cref="ConsumerBuilder{TKey,TValue}.SetOffsetsCommittedHandler(Action{IConsumer{TKey,TValue},CommittedOffsets})"/>
    public new TracingConsumerBuilder<TKey, TValue> SetOffsetsCommittedHandler(
        Action<IConsumer<TKey, TValue>, CommittedOffsets> offsetsCommittedHandler)
    {
        base.SetOffsetsCommittedHandler(offsetsCommittedHandler);
        return this;
    }

    private TracingConsumer<TKey, TValue> BuildTracing(ClientSettings settings)
    {
        var statistics = StatisticsSettings.Of(settings);
        ChainHandlers(statistics);
        var description = new KafkaClientDescription
        {
            ClientId = settings["client.id"],
            BootstrapServers = settings["bootstrap.servers"],
            GroupId = settings["group.id"],
        };

        var inner = base.Build();
        var tracing = new TracingConsumer<TKey, TValue>(inner, description, _options, ProcessingSettings.Of(settings), statistics);
        _built.Add(inner, tracing);
        HeaderFieldWarning.TellWhereDue(settings, tracing, LogHandler);
        return tracing;
    }

    private void ChainHandlers(StatisticsSettings statistics)
    {
        if (_chained)
        {
            return;
        }

        _chained = true;
        ErrorHandler = _built.Chain(ErrorHandler);
        LogHandler = _built.Chain(LogHandler);
        StatisticsHandler = StatisticsHandlers.Before(_built, statistics, StatisticsHandler);
        OAuthBearerTokenRefreshHandler = _built.Chain(OAuthBearerTokenRefreshHandler);
        var assignment = new AssignmentHandlers<TKey, TValue>(_built);
        var (revoked, lost) = (_built.Chain(PartitionsRevokedHandler), _built.Chain(PartitionsLostHandler));
        PartitionsAssignedHandler = assignment.Assigned(_built.Chain(PartitionsAssignedHandler));
        PartitionsRevokedHandler = assignment.Revoked(revoked);
        PartitionsLostHandler = assignment.Lost(lost ?? revoked);
        OffsetsCommittedHandler = _options.AutomaticCommitSpans ?? _options.CommitSpans
            ? TellAutomaticCommits(_built.Chain(OffsetsCommittedHandler))
            : _built.Chain(OffsetsCommittedHandler);
    }

    private Action<IConsumer<TKey, TValue>, CommittedOffsets> TellAutomaticCommits(
        Action<IConsumer<TKey, TValue>, CommittedOffsets>? handler) => (inner, committed) =>
    {
        (_built.Of(inner) as TracingConsumer<TKey, TValue>)?.CommittedAutomatically(committed);
        handler?.Invoke(inner, committed);
    };
}

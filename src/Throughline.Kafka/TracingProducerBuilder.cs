using Confluent.Kafka;
using Throughline.Kafka.Internal;
using Throughline.Kafka.Internal.Metrics;

namespace Throughline.Kafka;

/// <summary>
/// Confluent.Kafka's <see cref="ProducerBuilder{TKey,TValue}"/> with tracing: everything set on it works as before, and
/// <see cref="Build"/> returns a <see cref="TracingProducer{TKey,TValue}"/>. The user's handlers are given that one.
/// </summary>
/// <param name="config">The client's configuration.</param>
/// <param name="options">What is told; <see langword="null"/> for the defaults.</param>
/// <typeparam name="TKey">The type of keys.</typeparam>
/// <typeparam name="TValue">The type of values.</typeparam>
public class TracingProducerBuilder<TKey, TValue>(
    IEnumerable<KeyValuePair<string, string>> config, KafkaTracingOptions? options = null)
    : ProducerBuilder<TKey, TValue>(config)
{
    private readonly BuiltClients<IProducer<TKey, TValue>> _built = new();
    private readonly KafkaTracingOptions _options = options ?? new();
    private bool _chained;

    /// <summary>Builds the producer.</summary>
    /// <exception cref="ArgumentException">An option or a configuration value is not allowed; the message names it.</exception>
    public override TracingProducer<TKey, TValue> Build()
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

    // The base's methods, returning this type so that they chain up to its Build.
    /// <inheritdoc cref="ProducerBuilder{TKey,TValue}.SetStatisticsHandler(Action{IProducer{TKey,TValue},string})"/>
    public new TracingProducerBuilder<TKey, TValue> SetStatisticsHandler(Action<IProducer<TKey, TValue>, string> statisticsHandler)
    {
        base.SetStatisticsHandler(statisticsHandler);
        return this;
    }

    /// <inheritdoc cref="ProducerBuilder{TKey,TValue}.SetErrorHandler(Action{IProducer{TKey,TValue},Error})"/>
    public new TracingProducerBuilder<TKey, TValue> SetErrorHandler(Action<IProducer<TKey, TValue>, Error> errorHandler)
    {
        base.SetErrorHandler(errorHandler);
        return this;
    }

    /// <inheritdoc cref="ProducerBuilder{TKey,TValue}.SetLogHandler(Action{IProducer{TKey,TValue},LogMessage})"/>
    public new TracingProducerBuilder<TKey, TValue> SetLogHandler(Action<IProducer<TKey, TValue>, LogMessage> logHandler)
    {
        base.SetLogHandler(logHandler);
        return this;
    }

    /// <inheritdoc cref="ProducerBuilder{TKey,TValue}.SetOAuthBearerTokenRefreshHandler(Action{IProducer{TKey,TValue},string})"/>
    public new TracingProducerBuilder<TKey, TValue> SetOAuthBearerTokenRefreshHandler(Action<IProducer<TKey, TValue>, string> oAuthBearerTokenRefreshHandler)
    {
        base.SetOAuthBearerTokenRefreshHandler(oAuthBearerTokenRefreshHandler);
        return this;
    }

    /// <inheritdoc cref="ProducerBuilder{TKey,TValue}.SetPartitioner(string,PartitionerDelegate)"/>
    public new TracingProducerBuilder<TKey, TValue> SetPartitioner(string topic, PartitionerDelegate partitioner)
    {
        base.SetPartitioner(topic, partitioner);
        return this;
    }

    /// <inheritdoc cref="ProducerBuilder{TKey,TValue}.SetDefaultPartitioner(PartitionerDelegate)"/>
    public new TracingProducerBuilder<TKey, TValue> SetDefaultPartitioner(PartitionerDelegate partitioner)
    {
        base.SetDefaultPartitioner(partitioner);
        return this;
    }

    /// <inheritdoc cref="ProducerBuilder{TKey,TValue}.SetKeySerializer(ISerializer{TKey})"/>
    public new TracingProducerBuilder<TKey, TValue> SetKeySerializer(ISerializer<TKey> serializer)
    {
        base.SetKeySerializer(serializer);
        return this;
    }

    /// <inheritdoc cref="ProducerBuilder{TKey,TValue}.SetValueSerializer(ISerializer{TValue})"/>
    public new TracingProducerBuilder<TKey, TValue> SetValueSerializer(ISerializer<TValue> serializer)
    {
        base.SetValueSerializer(serializer);
        return this;
    }

    /// <inheritdoc cref="ProducerBuilder{TKey,TValue}.SetKeySerializer(IAsyncSerializer{TKey})"/>
    public new TracingProducerBuilder<TKey, TValue> SetKeySerializer(IAsyncSerializer<TKey> serializer)
    {
        base.SetKeySerializer(serializer);
        return this;
    }

    /// <inheritdoc cref="ProducerBuilder{TKey,TValue}.SetValueSerializer(IAsyncSerializer{TValue})"/>
    public new TracingProducerBuilder<TKey, TValue> SetValueSerializer(IAsyncSerializer<TValue> serializer)
    {
        base.SetValueSerializer(serializer);
        return this;
    }

    private TracingProducer<TKey, TValue> BuildTracing(ClientSettings settings)
    {
        var statistics = StatisticsSettings.Of(settings);
        ChainHandlers(statistics);
        var description = new KafkaClientDescription
        {
            ClientId = settings["client.id"],
            BootstrapServers = settings["bootstrap.servers"],
            TransactionalId = settings["transactional.id"],
            DeliveryReports = settings.IsOn("dotnet.producer.enable.delivery.reports", byDefault: true),
        };

        var inner = PollThread.WithoutAmbient(base.Build);
        var client = InnerClient.Confluents(KeySerializer, ValueSerializer, AsyncKeySerializer, AsyncValueSerializer);
        var tracing = new TracingProducer<TKey, TValue>(inner, description, _options, client, statistics, LogHandler);
        _built.Add(inner, tracing);
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
    }
}

using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting.Internal.Clients;

/// <summary>Builds clients of their settings: 1. logs; 2. the user's part; 3. the client; 4. or why it refuses its settings.</summary>
internal sealed class ClientFactory(KafkaSettings settings, IServiceProvider services)
{
    private readonly ILoggerFactory _loggers = (ILoggerFactory?)services.GetService(typeof(ILoggerFactory)) ?? NullLoggerFactory.Instance;

    internal ILogger ProducerLogger(string name) => _loggers.CreateLogger($"Throughline.Kafka.Producers.{name}");

    internal ILogger ConsumerLogger(string name) => _loggers.CreateLogger($"Throughline.Kafka.Consumers.{name}");

    /// <exception cref="KafkaSettingsException">The client refuses its settings.</exception>
    internal BuiltClient<TracingProducer<TKey, TValue>> Build<TKey, TValue>(
        string name, KafkaProducerOptions options, Action<IServiceProvider, TracingProducerBuilder<TKey, TValue>>? build)
    {
        // 1. and 2.
        var report = new ClientReport(ProducerLogger(name));
        var builder = new HostedProducerBuilder<TKey, TValue>(options);
        build?.Invoke(services, builder);
        try
        {
            // 3.
            return new(builder.Build(report), report);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or KafkaException)
        {
            // 4.
            new ClientRefusal(settings.ProducerPath(name), options.Paths).ThrowIfExplained(exception, options.Client, TryProducer);
            throw;
        }
    }

    /// <exception cref="KafkaSettingsException">The client refuses its settings.</exception>
    internal BuiltClient<TracingConsumer<TKey, TValue>> Build<TKey, TValue>(
        string name, KafkaConsumerOptions options, Action<IServiceProvider, TracingConsumerBuilder<TKey, TValue>>? build)
    {
        // 1. and 2.
        var report = new ClientReport(ConsumerLogger(name));
        options.Tracing.LoggerFactory ??= _loggers;
        var builder = new HostedConsumerBuilder<TKey, TValue>(options);
        build?.Invoke(services, builder);
        try
        {
            // 3.
            return new(builder.Build(report), report);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or KafkaException)
        {
            // 4.
            new ClientRefusal(settings.ConsumerPath(name), options.Paths).ThrowIfExplained(exception, options.Client, TryConsumer);
            throw;
        }
    }

    private static void TryProducer(IEnumerable<KeyValuePair<string, string>> config)
    {
        using var tried = new ProducerBuilder<Null, Null>(config).SetLogHandler(static (_, _) => { }).Build();
    }

    private static void TryConsumer(IEnumerable<KeyValuePair<string, string>> config)
    {
        using var tried = new ConsumerBuilder<Ignore, Ignore>(config).SetLogHandler(static (_, _) => { }).Build();
    }
}

using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Throughline.Kafka.Hosting.Internal.Consumers;
using Throughline.Kafka.Hosting.Internal.Producers;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting;

/// <summary>
/// Adds Kafka clients to a host. For each the configuration is read first (what all share, then <c>Producers:{name}</c> or
/// <c>Consumers:{name}</c>); what the program sets comes last.
/// </summary>
public sealed class KafkaHostingBuilder
{
    /// <summary>The name of a producer that was given none.</summary>
    public const string DefaultName = "default";

    internal KafkaHostingBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Sets what all clients share: before their own settings, after those that a configuration gives to all.</summary>
    /// <param name="client">Sets the clients' own settings.</param>
    /// <param name="tracing">Sets what is told of records.</param>
    public KafkaHostingBuilder ConfigureAll(Action<ClientConfig>? client = null, Action<KafkaTracingOptions>? tracing = null)
    {
        Services.AddSingleton(new SharedConfiguration(client, tracing));
        return this;
    }

    /// <summary>
    /// Adds a producer: a singleton <see cref="TracingProducer{TKey,TValue}"/> and <see cref="IProducer{TKey,TValue}"/>, keyed by
    /// its name, and without a key where it is the first of these types. It is made at the host's start, flushed at its stop.
    /// </summary>
    /// <param name="name">What <c>Producers:{name}</c> configures.</param>
    /// <param name="configure">What the program sets.</param>
    /// <param name="build">What the program sets on the client's builder: serializers, handlers, partitioners.</param>
    /// <typeparam name="TKey">The type of keys.</typeparam>
    /// <typeparam name="TValue">The type of values.</typeparam>
    /// <exception cref="ArgumentException">A producer of that name was added already.</exception>
    public KafkaHostingBuilder AddProducer<TKey, TValue>(
        string name = DefaultName,
        Action<KafkaProducerOptions>? configure = null,
        Action<IServiceProvider, TracingProducerBuilder<TKey, TValue>>? build = null)
    {
        ThrowIfTaken<IProducerRegistration>(name, registration => registration.Name);
        var registration = new ProducerRegistration<TKey, TValue>(name, configure, build);
        Services.AddSingleton<IProducerRegistration>(registration);
        Services.AddKeyedSingleton<TracingProducer<TKey, TValue>>(name, (services, _) => registration.Get(services));
        Services.AddKeyedSingleton<IProducer<TKey, TValue>>(name, (services, _) => registration.Get(services));
        Services.TryAddSingleton<TracingProducer<TKey, TValue>>(registration.Get);
        Services.TryAddSingleton<IProducer<TKey, TValue>>(registration.Get);
        return this;
    }

    /// <summary>Adds a consumer that hands each of its records to a handler, for as long as the host runs.</summary>
    /// <param name="name">What <c>Consumers:{name}</c> configures.</param>
    /// <param name="topics">What it subscribes to, unless the configuration says.</param>
    /// <inheritdoc cref="AddConsumer{TKey,TValue,THandler}(string,Action{KafkaConsumerOptions},Action{IServiceProvider,TracingConsumerBuilder{TKey,TValue}})"/>
    public KafkaHostingBuilder AddConsumer<
        TKey, TValue, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        string name, params string[] topics)
        where THandler : class, IRecordHandler<TKey, TValue>
    {
        ArgumentNullException.ThrowIfNull(topics);
        return AddRecordConsumer<TKey, TValue, THandler>(name, topics, null, null);
    }

    /// <summary>Adds a consumer that hands each of its records to a handler, for as long as the host runs.</summary>
    /// <remarks>Handling begins when all of the host's services have started, and ends before the first of them stops.</remarks>
    /// <param name="name">What <c>Consumers:{name}</c> configures.</param>
    /// <param name="configure">What the program sets.</param>
    /// <param name="build">What the program sets on the client's builder: deserializers, handlers of rebalances, errors, logs.</param>
    /// <typeparam name="TKey">The type of keys.</typeparam>
    /// <typeparam name="TValue">The type of values.</typeparam>
    /// <typeparam name="THandler">The handler, taken from a scope a record; it is added as a scoped service unless it was added.</typeparam>
    /// <exception cref="ArgumentException">A consumer of that name was added already.</exception>
    public KafkaHostingBuilder AddConsumer<
        TKey, TValue, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        string name,
        Action<KafkaConsumerOptions> configure,
        Action<IServiceProvider, TracingConsumerBuilder<TKey, TValue>>? build = null)
        where THandler : class, IRecordHandler<TKey, TValue>
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AddRecordConsumer<TKey, TValue, THandler>(name, [], configure, build);
    }

    /// <summary>Adds a consumer that hands its records to a handler in batches, for as long as the host runs.</summary>
    /// <inheritdoc cref="AddConsumer{TKey,TValue,THandler}(string,Action{KafkaConsumerOptions},Action{IServiceProvider,TracingConsumerBuilder{TKey,TValue}})"/>
    public KafkaHostingBuilder AddBatchConsumer<
        TKey, TValue, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        string name,
        Action<KafkaConsumerOptions>? configure = null,
        Action<IServiceProvider, TracingConsumerBuilder<TKey, TValue>>? build = null)
        where THandler : class, IBatchHandler<TKey, TValue>
    {
        Services.TryAddScoped<THandler>();
        return AddConsumer(new ConsumerRegistration<TKey, TValue>(name, [], configure, build, new BatchesInScopes<TKey, TValue, THandler>()));
    }

    private KafkaHostingBuilder AddRecordConsumer<
        TKey, TValue, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        string name,
        IReadOnlyList<string> topics,
        Action<KafkaConsumerOptions>? configure,
        Action<IServiceProvider, TracingConsumerBuilder<TKey, TValue>>? build)
        where THandler : class, IRecordHandler<TKey, TValue>
    {
        Services.TryAddScoped<THandler>();
        return AddConsumer(new ConsumerRegistration<TKey, TValue>(name, topics, configure, build, new RecordsInScopes<TKey, TValue, THandler>()));
    }

    private KafkaHostingBuilder AddConsumer(IConsumerRegistration registration)
    {
        ThrowIfTaken<IConsumerRegistration>(registration.Name, taken => taken.Name);
        Services.AddSingleton(registration);

        // Not by AddHostedService: it takes services of one type for one service.
        Services.AddSingleton<IHostedService>(services => services.GetRequiredService<HostedConsumers>()[registration.Name]);
        return this;
    }

    private void ThrowIfTaken<TRegistration>(string name, Func<TRegistration, string> nameOf)
        where TRegistration : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (Services.Any(each => !each.IsKeyedService && each.ImplementationInstance is TRegistration taken
            && nameOf(taken).Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"A client '{name}' of this kind was added already; allowed: a name that no other has.", nameof(name));
        }
    }
}

using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Trace;
using Throughline.Kafka;
using Throughline.OpenTelemetry;

namespace Throughline.Dashboard.Tests.Orphans;

/// <summary>The C# of the orphans' fixes, compiled here; <see cref="FixTests"/> holds the two together.</summary>
internal static class FixSnippets
{
    private static readonly ActivitySource Source = new("Orders");

    public static async Task ProducerByThroughlineAsync(ProducerConfig producerConfig, (string Id, string Json) order)
    {
        #region producer-not-instrumented.throughline
        // Exchange the builder: every send puts its own traceparent on its record.
        using var producer = new TracingProducerBuilder<string, string>(producerConfig).Build();
        await producer.ProduceAsync("orders", new Message<string, string> { Key = order.Id, Value = order.Json });
        #endregion
    }

    public static async Task ProducerByHandAsync(IProducer<string, string> producer, (string Id, string Json) order)
    {
        #region producer-not-instrumented.confluent
        // A span for the send, and its context in the record's headers.
        using var send = Source.StartActivity("send orders", ActivityKind.Producer);
        send?.SetTag("messaging.system", "kafka");
        send?.SetTag("messaging.operation.type", "send");
        send?.SetTag("messaging.destination.name", "orders");
        var headers = new Headers();
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            headers,
            static (headers, name, value) =>
            {
                headers.Remove(name);
                headers.Add(name, Encoding.UTF8.GetBytes(value));
            });
        var sent = await producer.ProduceAsync(
            "orders", new Message<string, string> { Key = order.Id, Value = order.Json, Headers = headers });
        send?.SetTag("messaging.destination.partition.id", sent.Partition.Value.ToString());
        send?.SetTag("messaging.kafka.offset", sent.Offset.Value);
        #endregion
    }

    public static async Task ConsumerByThroughlineAsync(ConsumerConfig consumerConfig, Func<string, CancellationToken, Task> handleAsync, CancellationToken stopping)
    {
        #region consumer-not-extracting.throughline
        // Each handler runs inside its record's trace, and what was handled is committed.
        using var consumer = new TracingConsumerBuilder<string, string>(consumerConfig).BuildForProcessing();
        consumer.Subscribe("orders");
        await consumer.ProcessAsync((record, cancellation) => handleAsync(record.Message.Value, cancellation), stopping);

        // Or in a loop of your own, of a consumer made with Build():
        //   var record = consumer.Consume(stopping);
        //   using (var scope = consumer.StartProcess(record)) { … }
        #endregion
    }

    public static async Task ConsumerByHandAsync(IConsumer<string, string> consumer, Func<string, CancellationToken, Task> handleAsync, CancellationToken stopping)
    {
        #region consumer-not-extracting.confluent
        var record = consumer.Consume(stopping);

        // Read the context that the sender put on the record …
        var context = Propagators.DefaultTextMapPropagator.Extract(
            default,
            record.Message.Headers,
            static (headers, name) => headers?.TryGetLastBytes(name, out var value) == true ? [Encoding.UTF8.GetString(value)] : []);
        Baggage.Current = context.Baggage;

        // … and process the record in a span under it.
        using (var process = Source.StartActivity("process orders", ActivityKind.Consumer, context.ActivityContext))
        {
            process?.SetTag("messaging.system", "kafka");
            process?.SetTag("messaging.operation.type", "process");
            process?.SetTag("messaging.destination.name", record.Topic);
            process?.SetTag("messaging.destination.partition.id", record.Partition.Value.ToString());
            process?.SetTag("messaging.kafka.offset", record.Offset.Value);
            process?.SetTag("messaging.consumer.group.name", "billing");
            await handleAsync(record.Message.Value, stopping);
        }
        #endregion
    }

    public static void HeaderMissingByHand()
    {
        #region header-missing.confluent
        // Without a propagator nothing is written. Once, before the first send:
        Sdk.SetDefaultTextMapPropagator(
            new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]));
        #endregion
    }

    public static void MalformedByHand(Headers headers)
    {
        #region header-malformed.confluent
        // Let a propagator write the header, in place of what is there.
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            headers,
            static (headers, name, value) =>
            {
                headers.Remove(name);
                headers.Add(name, Encoding.UTF8.GetBytes(value));
            });
        #endregion
    }

    public static void MalformedByThroughline(ProducerConfig producerConfig)
    {
        #region header-malformed.throughline
        // Sends replace whatever traceparent the message has with a right one.
        using var producer = new TracingProducerBuilder<string, string>(producerConfig).Build();
        #endregion
    }

    public static async Task ForwardByThroughlineAsync(
        TracingConsumer<string, string> consumer, TracingProducer<string, string> producer, CancellationToken stopping)
    {
        #region header-overwritten.throughline
        // Send within the record's scope: the copy gets its own send's context in place of the old one.
        var record = consumer.Consume(stopping);
        using (var scope = consumer.StartProcess(record))
        {
            await producer.ProduceAsync("orders.checked", record.Message, stopping);
        }
        #endregion
    }

    public static async Task ForwardByHandAsync(
        ConsumeResult<string, string> record, IProducer<string, string> producer, CancellationToken stopping)
    {
        #region header-overwritten.confluent
        // The copy's headers: all but the old context, then that of this send.
        var headers = new Headers();
        foreach (var header in record.Message.Headers.Where(header => header.Key is not ("traceparent" or "tracestate" or "baggage")))
        {
            headers.Add(header.Key, header.GetValueBytes());
        }

        using var send = Source.StartActivity("send orders.checked", ActivityKind.Producer);
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            headers,
            static (headers, name, value) => headers.Add(name, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync(
            "orders.checked",
            new Message<string, string> { Key = record.Message.Key, Value = record.Message.Value, Headers = headers },
            stopping);
        #endregion
    }

    public static void SampledByHand()
    {
        #region parent-sampled-out.confluent
        // Where a trace begins, a tenth is taken; everybody else follows the parent's decision.
        using var traces = Sdk.CreateTracerProviderBuilder()
            .AddSource("Orders")
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(0.1)))
            .AddOtlpExporter()
            .Build();
        #endregion
    }

    public static void LostByThroughline()
    {
        #region parent-lost.throughline
        // Disposed as the program ends: what is in the queue is sent, for five seconds at most.
        using var telemetry = ThroughlineSdk.Start(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        #endregion
    }

    public static void LostByHand()
    {
        #region parent-lost.confluent
        // A larger queue, and a provider that is disposed as the program ends: that sends what is in it.
        using var traces = Sdk.CreateTracerProviderBuilder()
            .AddSource("Orders")
            .AddOtlpExporter(options => options.BatchExportProcessorOptions.MaxQueueSize = 8192)
            .Build();
        #endregion
    }
}

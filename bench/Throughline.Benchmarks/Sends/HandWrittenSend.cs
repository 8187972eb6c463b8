using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Throughline.Benchmarks.Clients;

namespace Throughline.Benchmarks.Sends;

/// <summary>
/// What somebody writes who knows Activity well and wants no library: a span that ends when the record is enqueued, the
/// six or seven tags that the peer has, those that never change made once, and <c>traceparent</c> only. No tracestate, no baggage, nothing stale removed.
/// </summary>
internal sealed class HandWrittenSend(IProducer<string, string> producer)
{
    internal const string SourceName = "Throughline.Benchmarks.ByHand";

    internal static readonly ActivitySource Source = new(SourceName);

    private static readonly KeyValuePair<string, object?>[] StartTags =
    [
        new("messaging.system", "kafka"),
        new("messaging.operation.name", "send"),
        new("messaging.operation.type", "send"),
        new("messaging.destination.name", Orders.Topic),
        new("messaging.client.id", Orders.ClientId),
    ];

    internal void Produce(string topic, Message<string, string> message)
    {
        using var activity = Start(message.Key);
        Inject(message);
        producer.Produce(topic, message);
    }

    internal void Produce(TopicPartition place, Message<string, string> message)
    {
        using var activity = Start(message.Key);
        activity?.SetTag("messaging.destination.partition.id", "3");
        Inject(message);
        producer.Produce(place, message);
    }

    internal async Task<DeliveryResult<string, string>> ProduceAsync(string topic, Message<string, string> message)
    {
        using var activity = Start(message.Key);
        Inject(message);
        return await producer.ProduceAsync(topic, message);
    }

    private static Activity? Start(string key)
    {
        var activity = Source.StartActivity("send orders", ActivityKind.Producer, default(ActivityContext), StartTags);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("messaging.kafka.message.key", key);
        }

        return activity;
    }

    private static void Inject(Message<string, string> message)
    {
        if (Activity.Current?.Id is { } traceParent)
        {
            message.Headers ??= [];
            message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(traceParent));
        }
    }
}

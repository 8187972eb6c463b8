using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Benchmarks.Clients;
using Throughline.Benchmarks.Extracts;
using Throughline.Benchmarks.Sends;

namespace Throughline.Benchmarks.Processing;

/// <summary>
/// The process span as somebody writes it who knows Activity well: the record's context as parent and link, the ten tags
/// that Throughline's has, those that never change made once. Where no span is made, the context is kept current.
/// </summary>
internal static class HandWrittenProcess
{
    private static readonly KeyValuePair<string, object?>[] StartTags =
    [
        new("messaging.system", "kafka"),
        new("messaging.operation.name", "process"),
        new("messaging.operation.type", "process"),
        new("messaging.destination.name", Orders.Topic),
        new("messaging.consumer.group.name", Orders.Group),
        new("messaging.client.id", Orders.ClientId),
    ];

    internal static Activity? Start(ConsumeResult<string, string> record)
    {
        var received = HandWrittenExtract.Of(record.Message.Headers);
        ActivityLink[]? links = HandWrittenSend.Source.HasListeners() && received != default ? [new(received)] : null;
        var activity = HandWrittenSend.Source.StartActivity("process orders", ActivityKind.Consumer, received, StartTags, links);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("messaging.destination.partition.id", record.Partition.Value == Orders.Partition ? "3" : null);
            activity.SetTag("messaging.kafka.offset", record.Offset.Value);
            activity.SetTag("throughline.record.timestamp_unix_ms", record.Message.Timestamp.UnixTimestampMs);
            activity.SetTag("throughline.record.timestamp_type", "CreateTime");
        }

        return activity ?? (received == default ? null : Forward(received));
    }

    internal static Activity? StartBatch(ConsumeResult<string, string>[] records)
    {
        var links = new ActivityLink[records.Length];
        for (var i = 0; i < records.Length; i++)
        {
            links[i] = new(HandWrittenExtract.Of(records[i].Message.Headers), new ActivityTagsCollection
            {
                ["messaging.destination.name"] = records[i].Topic,
                ["messaging.destination.partition.id"] = "3",
                ["messaging.kafka.offset"] = records[i].Offset.Value,
            });
        }

        var activity = HandWrittenSend.Source.StartActivity("process orders", ActivityKind.Consumer, default(ActivityContext), StartTags, links);
        activity?.SetTag("messaging.destination.partition.id", "3");
        activity?.SetTag("messaging.batch.message_count", records.Length);
        return activity;
    }

    private static Activity Forward(in ActivityContext received)
    {
        var forwarded = new Activity("process orders");
        forwarded.SetParentId(received.TraceId, received.SpanId, received.TraceFlags);
        forwarded.TraceStateString = received.TraceState;
        return forwarded.Start();
    }
}

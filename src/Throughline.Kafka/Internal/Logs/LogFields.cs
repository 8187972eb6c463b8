using System.Diagnostics;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Logs;

/// <summary>What a logging scope tells: the record under the conventions' names, the trace under those of .NET's own logging.</summary>
internal readonly record struct LogFields(ProcessedRecords Records, string? Group, bool HasTraceIds)
{
    private const string TraceId = "TraceId";
    private const string SpanId = "SpanId";

    internal static string Text(KeyValuePair<string, object?>[] pairs) =>
        string.Join(", ", pairs.Select(pair => $"{ShortName(pair.Key)}:{pair.Value}"));

    /// <summary>What both tell, and with the same words.</summary>
    internal LogTold InCommonWith(in LogFields other) =>
        (Records.Topic == other.Records.Topic ? LogTold.Topic : LogTold.Nothing)
        | (Records.Partition == other.Records.Partition ? LogTold.Partition : LogTold.Nothing)
        | (Records.Offset == other.Records.Offset ? LogTold.Offset : LogTold.Nothing)
        | (Group == other.Group ? LogTold.Group : LogTold.Nothing);

    internal KeyValuePair<string, object?>[] List(Activity? activity, LogTold without)
    {
        var list = new List<KeyValuePair<string, object?>>(7);
        Add(list, AttributeNames.DestinationName, Records.Topic, without & LogTold.Topic);
        Add(list, AttributeNames.PartitionId, Records.Partition < 0 ? null : PartitionText.Of(Records.Partition), without & LogTold.Partition);
        Add(list, AttributeNames.Offset, Records.Offset < 0 ? null : Records.Offset, without & LogTold.Offset);
        Add(list, AttributeNames.ConsumerGroup, Group, without & LogTold.Group);
        Add(list, AttributeNames.BatchMessageCount, Records.BatchCount < 0 ? null : Records.BatchCount, LogTold.Nothing);
        if (HasTraceIds && activity is { IdFormat: ActivityIdFormat.W3C })
        {
            // Where no span is recorded, the one that exists is the sender's.
            var span = activity is ForwardedActivity forwarded ? forwarded.Received.SpanId : activity.SpanId;
            Add(list, TraceId, activity.TraceId.ToHexString(), LogTold.Nothing);
            Add(list, SpanId, span.ToHexString(), LogTold.Nothing);
        }

        return [.. list];
    }

    private static void Add(List<KeyValuePair<string, object?>> list, string name, object? value, LogTold told)
    {
        if (value is not null && told == LogTold.Nothing)
        {
            list.Add(new(name, value));
        }
    }

    private static string ShortName(string name) => name switch
    {
        AttributeNames.DestinationName => "topic",
        AttributeNames.PartitionId => "partition",
        AttributeNames.Offset => "offset",
        AttributeNames.ConsumerGroup => "group",
        AttributeNames.BatchMessageCount => "records",
        _ => name,
    };
}

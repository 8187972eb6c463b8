using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Rollups;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>What sends tell of topics: how many, how long, which failed, what tracing added, and which keys are frequent.</summary>
internal sealed class SendRecorder(Rollup rollup, HotKeys keys, Acknowledged acknowledged, Examples examples)
{
    /// <summary>In a detail: the broker, or the client, said that the record is not stored.</summary>
    public const string Refused = "refused";

    /// <summary>In a detail: it may be stored even so.</summary>
    public const string Unclear = "unclear";

    // Throughline's, of a send whose outcome nobody reported.
    private const string OutcomeUnknown = "unknown";

    public void Take(SpanFacts span, MessagingFacts messaging, string cluster, string topic)
    {
        if (rollup.At(FamilyKey.Topic(cluster, topic), span.StartUnixNs) is not { } part)
        {
            return;
        }

        var (service, weight) = (span.Source.Service, span.Weight);
        var records = weight * Math.Max(1, messaging.BatchCount);
        part[Measure.SpanSending, service].Measured(span.DurationNs, weight);
        part[Measure.SpanSent, service].Seen(records);
        if (rollup.At(FamilyKey.TopicPartitions(cluster, topic), span.StartUnixNs) is { } partitions)
        {
            partitions[Measure.SpanSentTo, messaging.Partition].Seen(records);
        }

        if (messaging.TransactionId is not null)
        {
            part[Measure.SpanTransactional, service].Seen(records);
        }

        Outcome(part, span, messaging, cluster, topic, records);
        Bytes(part, service, messaging, weight);
        if (messaging.Key is { } key)
        {
            keys.Add(cluster, topic, key, weight);
        }

        var cell = ExampleKey.Of(LedgerCell.Produced, cluster, topic);
        if (examples.Wants(cell, span.StartUnixNs))
        {
            examples.Add(cell, Shown(span, messaging, null));
        }
    }

    private void Outcome(RollupPart part, SpanFacts span, MessagingFacts messaging, string cluster, string topic, double records)
    {
        var outcomeUnknown = messaging.SendOutcome == OutcomeUnknown;
        if (span.Status != SpanStatus.Error && !outcomeUnknown)
        {
            if (messaging is { Offset: >= 0, Partition: >= 0 } && ClusterScopes.IsCluster(cluster))
            {
                acknowledged.Add(
                    cluster,
                    new TopicSlot(topic, messaging.Partition),
                    new AcknowledgedSend(messaging.Offset, span.EndUnixNs, span.Key, span.Source.Service));
            }

            return;
        }

        var error = outcomeUnknown ? OutcomeUnknown : span.ErrorType ?? OutcomeUnknown;

        // A transaction that is given up takes its records along: nobody was promised them.
        var refused = messaging.TransactionId is null && SendErrors.IsRefusal(error);
        part[Measure.SpanSendFailed, Detail.Of(span.Source.Service, error, refused ? Refused : Unclear)].Seen(records);
        examples.Add(
            ExampleKey.Of(LedgerCell.SendFailed, cluster, topic),
            Shown(span, messaging, refused ? $"{error}: not stored" : $"{error}: perhaps stored"));
    }

    private static void Bytes(RollupPart part, string service, MessagingFacts messaging, double weight)
    {
        if (messaging.TraceHeaderBytes < 0)
        {
            return;
        }

        part[Measure.SpanHeaderBytes, service].Totalled(weight, weight * messaging.TraceHeaderBytes);
        if (messaging.BodySize >= 0)
        {
            part[Measure.SpanHeaderBytesOfSized, service].Totalled(weight, weight * messaging.TraceHeaderBytes);
            part[Measure.SpanRecordBytes, service].Totalled(weight, weight * (messaging.TraceHeaderBytes + messaging.BodySize));
        }
    }

    private static Example Shown(SpanFacts span, MessagingFacts messaging, string? why) =>
        new(
            span.Key,
            span.StartUnixNs,
            span.Source.Service,
            messaging.Partition,
            messaging.Offset,
            Math.Max(1, messaging.BatchCount),
            why);
}

using Throughline.Server.Internal.Rollups;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>What single spans tell: the work of services, errors, and what groups did to records.</summary>
internal sealed class SpanRecorder(Rollup rollup, ClusterScopes scopes, SendRecorder sends, Examples examples)
{
    private const string DeadLettered = "dead_lettered";
    private const string RetryScheduled = "retry_scheduled";

    public void Take(SpanFacts span)
    {
        if (rollup.At(FamilyKey.Service(span.Source.Service), span.StartUnixNs) is not { } service)
        {
            return;
        }

        service[Measure.Spans, ""].Seen(span.Weight);
        if (span.Kind is SpanKind.Server or SpanKind.Consumer)
        {
            service[Measure.Entry, NameOf(span.Kind)].Measured(span.DurationNs, span.Weight);
        }

        var messaging = span.Messaging;
        if (span.Status == SpanStatus.Error)
        {
            service[Measure.SpanError, ErrorDetail(span)].Seen(span.Weight);
        }

        if (messaging?.Topic is not { } topic)
        {
            return;
        }

        var cluster = scopes.Of(messaging.ClusterId, messaging.Server, span.Source.Environment);
        if (messaging.Operation == MessagingOperation.Send)
        {
            sends.Take(span, messaging, cluster, topic);
        }
        else if (messaging.Operation is MessagingOperation.Receive or MessagingOperation.Process)
        {
            Consumed(span, messaging, cluster, topic);
        }
    }

    private void Consumed(SpanFacts span, MessagingFacts messaging, string cluster, string topic)
    {
        var group = ConsumerGroups.Of(messaging.Group, span.Source);
        if (rollup.At(FamilyKey.Group(cluster, topic, group), span.StartUnixNs) is not { } part)
        {
            return;
        }

        var service = span.Source.Service;
        var records = span.Weight * (messaging.BatchCount >= 0 ? messaging.BatchCount : 1);
        if (messaging.Operation == MessagingOperation.Receive)
        {
            part[Measure.SpanFetched, service].Seen(records);
            Show(LedgerCell.Fetched, span, messaging, cluster, topic, group);
            return;
        }

        var failed = span.Status == SpanStatus.Error || messaging.ProcessOutcome is DeadLettered or RetryScheduled;
        part[Measure.SpanProcessing, service].Measured(span.DurationNs, span.Weight);
        part[failed ? Measure.SpanFailed : Measure.SpanProcessed, service].Seen(records);
        if (failed && rollup.At(FamilyKey.GroupPartitions(cluster, topic, group), span.StartUnixNs) is { } partitions)
        {
            partitions[Measure.SpanFailed, messaging.Partition].Seen(records);
        }

        Show(failed ? LedgerCell.Failed : LedgerCell.Processed, span, messaging, cluster, topic, group, failed ? span.ErrorType : null);
        if (messaging.BatchCount >= 0)
        {
            part[Measure.SpanBatches, service].Seen(span.Weight);
        }

        if (messaging.ProcessOutcome == RetryScheduled)
        {
            part[Measure.SpanRetried, service].Seen(records);
            Show(LedgerCell.Retried, span, messaging, cluster, topic, group, messaging.FailureDestination);
        }
        else if (messaging.ProcessOutcome == DeadLettered)
        {
            part[Measure.SpanDeadLettered, service].Seen(records);
            Show(LedgerCell.DeadLettered, span, messaging, cluster, topic, group, messaging.FailureDestination);
        }
    }

    private void Show(
        LedgerCell cell, SpanFacts span, MessagingFacts messaging, string cluster, string topic, string group, string? why = null)
    {
        var key = ExampleKey.Of(cell, cluster, topic, group);
        if (examples.Wants(key, span.StartUnixNs))
        {
            examples.Add(
                key,
                new Example(
                    span.Key,
                    span.StartUnixNs,
                    span.Source.Service,
                    messaging.Partition,
                    messaging.Offset,
                    Math.Max(1, messaging.BatchCount),
                    why));
        }
    }

    private static string ErrorDetail(SpanFacts span)
    {
        var messaging = span.Messaging;
        var consumes = messaging?.Operation is MessagingOperation.Receive or MessagingOperation.Process or MessagingOperation.Settle;
        return Detail.Of(
            messaging?.Topic ?? "",
            consumes ? ConsumerGroups.Of(messaging!.Group, span.Source) : "",
            span.ErrorType ?? "unknown",
            messaging is { Operation: not MessagingOperation.None } ? NameOf(messaging.Operation) : NameOf(span.Kind));
    }

    private static string NameOf(MessagingOperation operation) => operation switch
    {
        MessagingOperation.Create => "create",
        MessagingOperation.Send => "send",
        MessagingOperation.Receive => "receive",
        MessagingOperation.Process => "process",
        MessagingOperation.Settle => "settle",
        _ => "",
    };

    private static string NameOf(SpanKind kind) => kind switch
    {
        SpanKind.Server => "server",
        SpanKind.Client => "client",
        SpanKind.Producer => "producer",
        SpanKind.Consumer => "consumer",
        _ => "internal",
    };
}

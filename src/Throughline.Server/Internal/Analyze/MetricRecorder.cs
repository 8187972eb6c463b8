using Throughline.Server.Internal.Rollups;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>What unsampled metrics of clients tell. The names are in <see cref="MetricNames"/>; others add nothing.</summary>
internal sealed class MetricRecorder(Rollup rollup, ClusterScopes scopes, MetricSeriesBook series)
{
    public void Take(MetricPoint point)
    {
        if (point.Topic is not { } topic)
        {
            return;
        }

        var cluster = scopes.Of(null, point.Server, point.Source.Environment);
        switch (point.Metric)
        {
            case MetricNames.Sent:
                Sent(point, cluster, topic);
                break;
            case MetricNames.HeaderSize:
                OfTopic(point, cluster, topic, Measure.MetricHeaderBytes);
                break;
            case MetricNames.HeadersDropped:
                OfTopic(point, cluster, topic, Measure.MetricHeadersDropped);
                break;
            case MetricNames.LagOffset or MetricNames.LagCommitted:
                Gauge(point, cluster, topic);
                break;
            default:
                Consumed(point, cluster, topic);
                break;
        }
    }

    private void Sent(MetricPoint point, string cluster, string topic)
    {
        if (Told(point) is not { } delta || rollup.At(FamilyKey.Topic(cluster, topic), point.TimeUnixNs) is not { } part)
        {
            return;
        }

        var service = point.Source.Service;
        if (point.ErrorType is { } error)
        {
            var refused = SendErrors.IsRefusal(error) ? SendRecorder.Refused : SendRecorder.Unclear;
            part[Measure.MetricSendFailed, Detail.Of(service, error, refused)].Counted(delta.Value);
            return;
        }

        part[Measure.MetricSent, service].Counted(delta.Value);
        if (rollup.At(FamilyKey.TopicPartitions(cluster, topic), point.TimeUnixNs) is { } partitions)
        {
            partitions[Measure.MetricSentTo, point.Partition].Counted(delta.Value);
        }
    }

    private void OfTopic(MetricPoint point, string cluster, string topic, Measure measure)
    {
        if (Told(point) is { } delta && rollup.At(FamilyKey.Topic(cluster, topic), point.TimeUnixNs) is { } part)
        {
            part[measure, point.Source.Service].Counted(delta.Value);
        }
    }

    private void Gauge(MetricPoint point, string cluster, string topic)
    {
        var group = ConsumerGroups.Of(point.Group, point.Source);
        if (rollup.At(FamilyKey.GroupPartitions(cluster, topic, group), point.TimeUnixNs) is { } part)
        {
            var measure = point.Metric == MetricNames.LagOffset ? Measure.MetricLagOffset : Measure.MetricLagCommitted;
            part[measure, point.Partition].Gauged(point.Value);
        }
    }

    private void Consumed(MetricPoint point, string cluster, string topic)
    {
        var group = ConsumerGroups.Of(point.Group, point.Source);
        if (!MetricNames.All.Contains(point.Metric)
            || Told(point) is not { } delta
            || rollup.At(FamilyKey.Group(cluster, topic, group), point.TimeUnixNs) is not { } part)
        {
            return;
        }

        var service = point.Source.Service;
        switch (point.Metric)
        {
            case MetricNames.Consumed when point.ErrorType is null:
                part[Measure.MetricConsumed, service].Counted(delta.Value);
                break;
            case MetricNames.ProcessDuration:
                var measure = point.ErrorType is null ? Measure.MetricProcessed : Measure.MetricProcessFailed;
                part[measure, service].Totalled(delta.Count, delta.Value);
                break;
            case MetricNames.LagTime:
                LagTime(point, cluster, topic, group, delta);
                break;
            case MetricNames.Retries:
                part[Measure.MetricAttemptsRepeated, service].Counted(delta.Value);
                break;
            case MetricNames.ForwardedToRetry:
                part[Measure.MetricForwarded, service].Counted(delta.Value);
                break;
            case MetricNames.DeadLettered:
                part[Measure.MetricDeadLettered, service].Counted(delta.Value);
                break;
            case MetricNames.Redriven:
                part[Measure.MetricRedriven, service].Counted(delta.Value);
                break;
            default:
                break;
        }
    }

    private void LagTime(MetricPoint point, string cluster, string topic, string group, MetricDelta delta)
    {
        if (rollup.At(FamilyKey.GroupPartitions(cluster, topic, group), point.TimeUnixNs) is { } partitions)
        {
            partitions[Measure.MetricLagTime, point.Partition].Totalled(delta.Count, delta.Value);
        }
    }

    /// <summary>Null where there is nothing new.</summary>
    private MetricDelta? Told(MetricPoint point) => series.Delta(point) is { IsNothing: false } delta ? delta : null;
}

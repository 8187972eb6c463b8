using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Latency: of hops, where their time went, by group and partition and by path.</summary>
internal sealed class HopRecorder(Rollup rollup, ClusterScopes scopes, Examples examples, SlowHops slowest)
{
    public void Take(Hop hop)
    {
        var process = hop.Process;
        var messaging = process.Messaging;
        var cluster = scopes.Of(
            messaging?.ClusterId ?? hop.Send?.Messaging?.ClusterId,
            messaging?.Server ?? hop.Send?.Messaging?.Server,
            process.Source.Environment);

        if (rollup.At(FamilyKey.Group(cluster, hop.Topic, hop.Group), process.StartUnixNs) is not { } group)
        {
            return;
        }

        Measure(group, "", hop);
        if (rollup.At(FamilyKey.GroupPartitions(cluster, hop.Topic, hop.Group), process.StartUnixNs) is { } partitions)
        {
            Measure(partitions, Partitions.NameOf(hop.Partition), hop);
        }

        if (hop.Timing.Lag is { } lag)
        {
            group[Rollups.Measure.ServiceLag, process.Source.Service].Measured(lag, process.Weight);
        }

        if (EndToEnd(hop) is { } endToEnd)
        {
            slowest.Add(cluster, hop, endToEnd);
        }

        if (hop.Delivery > 1)
        {
            group[Rollups.Measure.SpanRedelivered, process.Source.Service].Seen(process.Weight);
            examples.Add(
                ExampleKey.Of(LedgerCell.ProcessedTwice, cluster, hop.Topic, hop.Group),
                new Example(
                    process.Key, process.StartUnixNs, process.Source.Service, hop.Partition, hop.Offset, 1, $"delivery {hop.Delivery}"));
        }

        if (rollup.At(FamilyKey.Path(hop.Path), process.StartUnixNs) is { } path)
        {
            Measure(path, "", hop);
        }
    }

    /// <summary>Null where the origin is after the end: that is clock skew, no time to average.</summary>
    private static long? EndToEnd(Hop hop) =>
        hop.OriginUnixNs > 0 && hop.Process.EndUnixNs >= hop.OriginUnixNs ? hop.Process.EndUnixNs - hop.OriginUnixNs : null;

    private static void Measure(RollupPart part, string detail, Hop hop)
    {
        var (timing, weight) = (hop.Timing, hop.Process.Weight);
        Add(Rollups.Measure.Lag, timing.Lag);
        Add(Rollups.Measure.Produce, timing.Produce);
        Add(Rollups.Measure.InTopic, timing.InTopic);
        Add(Rollups.Measure.InClient, timing.InClient);
        Add(Rollups.Measure.Processing, timing.Processing);
        if (timing.Skew is not null)
        {
            part[Rollups.Measure.Skewed, detail].Seen(weight);
        }

        Add(Rollups.Measure.EndToEnd, EndToEnd(hop));

        void Add(Measure measure, long? ns)
        {
            if (ns is { } value)
            {
                part[measure, detail].Measured(Math.Max(0, value), weight);
            }
        }
    }
}

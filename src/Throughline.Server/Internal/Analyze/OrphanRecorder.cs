using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Rollups;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Orphans, counted by cause, service and topic, with the latest of each.</summary>
internal sealed class OrphanRecorder(Rollup rollup, Examples examples)
{
    public void Take(Orphan orphan)
    {
        var span = orphan.Span;
        if (rollup.At(FamilyKey.Service(span.Source.Service), span.StartUnixNs) is not { } service)
        {
            return;
        }

        service[Measure.Orphans, DetailOf(orphan)].Seen(span.Weight);
        var messaging = span.Messaging;
        examples.Add(
            KeyOf(orphan),
            new Example(
                span.Key,
                span.StartUnixNs,
                span.Source.Service,
                messaging?.Partition ?? -1,
                messaging?.Offset ?? -1,
                1,
                orphan.Evidence));
    }

    /// <summary>The parent of one that was counted as lost has come: it is taken back.</summary>
    public void TakeBack(Orphan orphan)
    {
        var span = orphan.Span;
        if (rollup.At(FamilyKey.Service(span.Source.Service), span.StartUnixNs) is not { } service)
        {
            return;
        }

        service[Measure.Orphans, DetailOf(orphan)].Seen(-span.Weight);
        service[Measure.ParentsLate, span.Messaging?.Topic ?? ""].Seen(span.Weight);
        examples.Remove(KeyOf(orphan), span.Key);
    }

    public void Ambiguous(SpanFacts span)
    {
        if (rollup.At(FamilyKey.Service(span.Source.Service), span.StartUnixNs) is { } service)
        {
            service[Measure.Ambiguous, span.Messaging?.Topic ?? ""].Seen(span.Weight);
        }
    }

    private static string DetailOf(Orphan orphan) => Detail.Of(orphan.Cause.ToString(), orphan.Span.Messaging?.Topic ?? "");

    private static ExampleKey KeyOf(Orphan orphan) => new(
        null, "", orphan.Span.Messaging?.Topic ?? "", orphan.Span.Source.Service, orphan.Cause.ToString());
}

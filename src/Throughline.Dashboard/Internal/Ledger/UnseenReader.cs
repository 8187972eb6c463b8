using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Tags;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Dashboard.Internal.Ledger;

/// <summary>Records that were sent, and that a group is not seen to have processed: looked for among the newest.</summary>
internal static class UnseenReader
{
    // Sends that are looked at, and records that are looked up one by one.
    private const int SendsMax = 500;
    private const int LookupsMax = 60;

    // A record's spans: enough for all of its groups.
    private const int SpansOfRecordMax = 100;

    private static readonly TimeSpan WorkMax = TimeSpan.FromMilliseconds(150);

    public static (IReadOnlyList<LedgerRecord> Records, bool IsCutShort) Read(PageRequest request, string topic, string group)
    {
        var sends = Search(request, topic, "send", null);
        var seen = Search(request, topic, "process", group).Spans
            .Select(static span => PlaceOf(span.Facts))
            .ToHashSet();
        var unseen = sends.Spans
            .Where(static span => span.Facts is { Status: not SpanStatus.Error, Messaging: { Partition: >= 0, Offset: >= 0 } })
            .Where(span => !seen.Contains(PlaceOf(span.Facts)))
            .DistinctBy(static span => PlaceOf(span.Facts))
            .ToList();
        var records = unseen
            .Take(LookupsMax)
            .Where(span => !IsProcessed(request, topic, group, span.Facts))
            .Select(static span => new LedgerRecord(LedgerCell.NotSeen, ExampleOf(span.Facts)));
        return ([.. records], sends.Cursor is not null || unseen.Count > LookupsMax);
    }

    private static SearchPage Search(PageRequest request, string topic, string operation, string? group)
    {
        var conditions = new List<Condition>
        {
            TagConditions.Text(WellKnownField.Topic, topic),
            TagConditions.Text(WellKnownField.Operation, operation),
        };
        if (group is not null)
        {
            conditions.Add(TagConditions.Text(WellKnownField.Group, group));
        }

        return request.Server.Api.Store.Search(
            new SearchRequest(TagConditions.All([.. conditions]), request.Range.Time, SendsMax, null, WorkMax), request.Aborted);
    }

    // A batch's span has the record among its links only: the store's own index of records knows.
    private static bool IsProcessed(PageRequest request, string topic, string group, SpanFacts send) =>
        request.Server.Api.Store
            .Record(topic, send.Messaging!.Partition, send.Messaging.Offset, SpansOfRecordMax, request.Aborted)
            .Any(span => span.Facts.Messaging is { Operation: MessagingOperation.Process or MessagingOperation.Receive } facts
                && ConsumerGroups.Of(facts.Group, span.Facts.Source) == group);

    private static (int Partition, long Offset) PlaceOf(SpanFacts span) => (span.Messaging!.Partition, span.Messaging.Offset);

    private static Example ExampleOf(SpanFacts send) => new(
        send.Key,
        send.StartUnixNs,
        send.Source.Service,
        send.Messaging!.Partition,
        send.Messaging.Offset,
        1,
        "sent and acknowledged; no span says that the group has processed it");
}

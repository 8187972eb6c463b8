using System.Globalization;
using Throughline.Dashboard.Internal.Shell;
using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>Looks for a trace or a record by its name; where there is nothing, says what is known.</summary>
internal sealed class PlaceLookup(PageRequest request)
{
    private const int BesideMax = 50;
    private const int TopicsMax = 1000;
    private const int DigitsOfSpan = 16;

    private ISpanStore Store => request.Server.Api.Store;

    public async ValueTask<PlaceFound> FindAsync(BoxReading.Trace place, string text)
    {
        var id = place.Id.ToString();
        if (await IsThereAsync(place.Id).ConfigureAwait(false))
        {
            return new PlaceFound($"Trace {id} is here.", request.Journey(id, place.SpanId == 0 ? null : Hex(place.SpanId)), [], [], "");
        }

        if (text.Length == DigitsOfSpan && Spans(WellKnownField.SpanId, text) is [var only])
        {
            return new PlaceFound(
                $"Span {text} is here.", request.Journey(only.Facts.TraceId.ToString(), Hex(only.Facts.SpanId)), [], [], "");
        }

        var linked = Store.LinkedTo(place.Id, BesideMax, request.Aborted);
        var keyed = linked.Count > 0 ? [] : Spans(WellKnownField.Key, text);
        return new PlaceFound(
            $"No span of trace {id} is here.",
            Link: null,
            [
                "Looked for among stored spans of all times, and among those that still come in.",
                Held(),
                "A trace that nobody sampled, or that was sent elsewhere, leaves nothing here.",
            ],
            linked.Count > 0 ? linked : keyed,
            linked.Count > 0 ? "Spans that link to it" : "Spans of records with this key");
    }

    public PlaceFound Find(BoxReading.Record place)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{place.Topic}[{place.Partition}]@{place.Offset}");
        var spans = Store.Record(place.Topic, place.Partition, place.Offset, BesideMax, request.Aborted);
        if (spans.Count == 0)
        {
            return new PlaceFound($"No span names record {name}.", Link: null, [.. FactsAbout(place), Held()], [], "");
        }

        var sends = spans.Count(span => span.Facts.Messaging?.Operation == MessagingOperation.Send);
        return sends > 1
            ? new PlaceFound(
                $"{Words.Many(sends, "send")} name record {name}.",
                Link: null,
                ["A topic that was made again, and a topic of this name in another cluster, have the same offsets for other records."],
                spans,
                "Spans that name it")
            : new PlaceFound($"Record {name} is here.", request.Record(place.Topic, place.Partition, place.Offset), [], [], "");
    }

    private async ValueTask<bool> IsThereAsync(TraceId id)
    {
        if (Store.MayContain(id) && Store.Trace(id, 1, request.Aborted).Count > 0)
        {
            return true;
        }

        return await request.Server.Api.Traces.ReadAsync(id, request.Aborted).ConfigureAwait(false) is not null;
    }

    private IReadOnlyList<StoredSpan> Spans(WellKnownField field, string value) => Store.Search(
        new SearchRequest(
            new Condition.Compare(new Field(field), Comparison.Equal, new QueryValue(value)),
            TimeRange.All,
            BesideMax,
            Cursor: null,
            TimeSpan.FromMilliseconds(100)),
        request.Aborted).Spans;

    private IEnumerable<string> FactsAbout(BoxReading.Record place)
    {
        foreach (var cluster in request.Answers.Clusters)
        {
            if (cluster.View?.Topics.GetValueOrDefault(place.Topic) is not { } topic)
            {
                continue;
            }

            var partition = topic.Partitions.Cast<Server.Internal.Brokers.PartitionState?>().FirstOrDefault(one => one!.Value.Partition == place.Partition);
            yield return partition is not { } known
                ? $"In cluster {cluster.Name} the topic has {Words.Many(topic.Partitions.Count, "partition")}, and no {place.Partition}."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"In cluster {cluster.Name} the partition has offsets from {known.Start} to before {known.End}, as its brokers said last.");
        }

        var topics = Store.Values(new Field(WellKnownField.Topic), TimeRange.All, TopicsMax, request.Aborted);
        yield return topics.Contains(place.Topic, StringComparer.Ordinal) ? $"Other spans name topic {place.Topic}."
            : topics.FirstOrDefault(topic => topic.Equals(place.Topic, StringComparison.OrdinalIgnoreCase)) is { } other ? $"No span names a topic {place.Topic}; there is {other}."
            : $"No span names a topic {place.Topic}.";
    }

    private string Held()
    {
        var held = Store.Statistics;
        return held.OldestUnixNs is { } oldest
            ? $"The server holds {Words.Many(held.Spans, "span")}, the oldest of {UnixTime.Rfc3339(oldest)[..19]}Z."
            : "The server holds no spans yet.";
    }

    private static string Hex(ulong spanId) => spanId.ToString("x16", CultureInfo.InvariantCulture);
}

using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Load.Queries;

/// <summary>One kind of question.</summary>
/// <param name="Name">As the report has it.</param>
/// <param name="Ask">Asks it, with a number that makes each one different, and tells how much was found.</param>
internal sealed record QueryKind(string Name, Func<ISpanStore, Random, int> Ask)
{
    private const int Page = 100;

    // Beyond the target: nothing is cut short to meet it.
    private static readonly TimeSpan WorkMax = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<QueryKind> Of(Samples samples)
    {
        var (ten, tenShare) = samples.ServiceOf(0.10);
        var (one, oneShare) = samples.ServiceOf(0.01);
        return
        [
            new("trace by id", (store, random) => store.Trace(TraceOf(samples, random), 10_000, default).Count),
            new("trace by id, absent", (store, random) => store.Trace(new TraceId(1, (ulong)random.NextInt64()), 10_000, default).Count),
            new("record by topic, partition, offset", (store, random) => Record(store, samples.Records[random.Next(samples.Records.Count)])),
            new("spans linked to a trace", (store, random) => store.LinkedTo(TraceOf(samples, random), 1000, default).Count),
            Search("search, everything", null),
            Search($"search, {tenShare:p0} hits", Equal(WellKnownField.Service, ten)),
            Search($"search, {oneShare:p1} hits", Equal(WellKnownField.Service, one)),
            Search($"search, {oneShare:p1} hits, second page", Equal(WellKnownField.Service, one), pages: 2),
            Search("search, an attribute nobody has", Attribute("order.id", "ord-none")),
            Search("search, two attributes that are never together", new Condition.And(
                [Attribute("messaging.system", "kafka"), Attribute("db.system.name", "postgresql")])),
            new("search, one order of all", (store, random) => Find(store, Attribute("order.id", $"ord-{random.NextInt64(1, samples.Spans / 9):d10}"), 1)),
            Search("search, errors of a service", new Condition.And(
                [Equal(WellKnownField.Service, ten), Equal(WellKnownField.Status, "error")])),
            Search("search, duration of the longest 1 %", Number(WellKnownField.Duration, samples.DurationOfOnePercent)),
            Search("search, duration nobody has", Number(WellKnownField.Duration, 3_600_000_000_000)),
            new("search, 100 offsets of a partition", (store, random) => Find(store, Offsets(samples.Records[random.Next(samples.Records.Count)]), 1)),
            Search("search, lag over 100 ms", Number(WellKnownField.Lag, 100_000_000)),
            Search("search, name by a pattern", new Condition.Compare(
                new Field(WellKnownField.Name), Comparison.Matches, new QueryValue("process (order|payment).*"))),
            new("attribute names", (store, _) => store.AttributeNames(TimeRange.All, 200, default).Count),
            new("values of a field", (store, _) => store.Values(new Field(WellKnownField.Service), TimeRange.All, 100, default).Count),
            new("values of an attribute", (store, _) =>
                store.Values(new Field(WellKnownField.Attribute, "order.id"), TimeRange.All, 100, default).Count),
        ];
    }

    private static QueryKind Search(string name, Condition? where, int pages = 1) => new(name, (store, _) => Find(store, where, pages));

    private static int Find(ISpanStore store, Condition? where, int pages)
    {
        string? cursor = null;
        var found = 0;
        for (var i = 0; i < pages && (i == 0 || cursor is not null); i++)
        {
            var page = store.Search(new SearchRequest(where, TimeRange.All, Page, cursor, WorkMax), default);
            (found, cursor) = (page.Spans.Count, page.Cursor);
        }

        return found;
    }

    private static Condition.And Offsets(Samples.RecordSample record) => new(
    [
        Equal(WellKnownField.Topic, record.Topic),
        new Condition.Compare(new Field(WellKnownField.Partition), Comparison.Equal, new QueryValue($"{record.Partition}", record.Partition)),
        Number(WellKnownField.Offset, record.Offset),
        new Condition.Compare(
            new Field(WellKnownField.Offset), Comparison.Less, new QueryValue($"{record.Offset + 100}", record.Offset + 100)),
    ]);

    private static int Record(ISpanStore store, Samples.RecordSample record) =>
        store.Record(record.Topic, record.Partition, record.Offset, 100, default).Count;

    private static TraceId TraceOf(Samples samples, Random random) =>
        TraceId.TryParse(samples.Traces[random.Next(samples.Traces.Count)], out var id) ? id : default;

    private static Condition.Compare Equal(WellKnownField field, string value) =>
        new(new Field(field), Comparison.Equal, new QueryValue(value));

    private static Condition.Compare Attribute(string name, string value) =>
        new(new Field(WellKnownField.Attribute, name), Comparison.Equal, new QueryValue(value));

    private static Condition.Compare Number(WellKnownField field, long least) =>
        new(new Field(field), Comparison.GreaterOrEqual, new QueryValue($"{least}", least));
}

using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Internal.Store.Search;

namespace Throughline.Server.Tests.Store;

/// <summary>What every store does. A store's own tests derive from this and say how one is opened.</summary>
public abstract class SpanStoreSuite : IDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);
    private static readonly TraceId First = new(1, 1);
    private static readonly TraceId Second = new(2, 2);

    private readonly TemporaryFolder _folder = new();

    private protected string Folder => _folder.Path;

    private protected ManualTime Time { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A store in the test's folder, small enough that some hundred spans are many pieces of it.</summary>
    private protected abstract ISpanStore Open();

    [Fact]
    public async Task A_span_is_found_by_its_trace_as_it_was_appended()
    {
        await using var store = Opened();
        var span = Append(store, new TestSpan { Trace = First, Resource = [("host.name", "h1")], Attributes = TestSpan.Kafka("send", "orders", 1, 2) });
        Append(store, new TestSpan { Trace = Second });

        var found = Assert.Single(store.Trace(First, 10, Cancel));

        Assert.Equal(span.Body.ToArray(), found.Body.ToArray());
        Assert.Equal(span.Facts.Source.ResourceBytes.ToArray(), found.Facts.Source.ResourceBytes.ToArray());
        Assert.Equal(span.Facts.Source.ScopeBytes.ToArray(), found.Facts.Source.ScopeBytes.ToArray());
        Assert.Equal(("orders", 1, 2L), (found.Facts.Messaging!.Topic!, found.Facts.Messaging.Partition, found.Facts.Messaging.Offset));
    }

    [Fact]
    public async Task What_was_flushed_is_there_after_a_restart()
    {
        string mark;
        await using (var store = Opened())
        {
            Fill(store, 300);
            mark = store.Flush(everything: true).Mark;
        }

        await using (var store = Open())
        {
            store.Recover(mark);
            Assert.Equal(300, store.Statistics.Spans);
            Assert.Equal(300, Pages(store, null, TimeRange.All, 50).Count);
        }
    }

    [Fact]
    public async Task What_a_mark_says_and_what_is_pending_is_all_that_was_appended()
    {
        var appended = new List<StoredSpan>();
        StoreMark mark;
        await using (var store = Opened())
        {
            appended.AddRange(Fill(store, 333));
            appended.Add(new StoredSpan(new TestSpan { Id = 999 }.Read(entry: 1000).Facts, default));
            store.Append(appended[^1].Facts, new TestSpan { Id = 999 }.Read().Body.Span);
            mark = store.Flush(everything: false);
            Fill(store, 100, from: 5000);
        }

        await using (var store = Open())
        {
            store.Recover(mark.Mark);
            var durable = Pages(store, null, TimeRange.All, 100).Select(span => span.Facts.SpanId);
            var pending = mark.Pending.Select(position => appended.Single(span => span.Facts.Position == position).Facts.SpanId);
            Assert.Equal(appended.Select(span => span.Facts.SpanId).Order(), durable.Concat(pending).Order());
            Assert.Equal(appended.Count - mark.Pending.Count, store.Statistics.Spans);
        }
    }

    [Fact]
    public async Task A_flush_of_everything_leaves_nothing_pending()
    {
        await using var store = Opened();
        Fill(store, 77);
        Append(store, TestSpan.Log(First, "hello"));

        Assert.Empty(store.Flush(everything: true).Pending);
    }

    [Fact]
    public async Task A_trace_that_was_never_stored_is_surely_not_there()
    {
        await using var store = Opened();
        Fill(store, 500);
        Append(store, new TestSpan { Trace = First });

        Assert.True(store.MayContain(First));
        Assert.All(Enumerable.Range(1, 39), trace => Assert.True(store.MayContain(new TraceId(7, (ulong)trace))));
        var mistaken = Enumerable.Range(1, 1000).Count(trace => store.MayContain(new TraceId(9, (ulong)trace)));
        Assert.InRange(mistaken, 0, 200);
        Assert.Empty(store.Trace(new TraceId(9, 9), 10, Cancel));
    }

    [Fact]
    public async Task At_most_as_many_spans_are_given_as_asked_for()
    {
        await using var store = Opened();
        for (ulong id = 1; id <= 20; id++)
        {
            Append(store, new TestSpan { Trace = First, Id = id, Links = [(Second, 1, [])], Attributes = TestSpan.Kafka("process", "orders", 0, 1) });
        }

        Assert.Equal(7, store.Trace(First, 7, Cancel).Count);
        Assert.Equal(7, store.LinkedTo(Second, 7, Cancel).Count);
        Assert.Equal(7, store.Record("orders", 0, 1, 7, Cancel).Count);
    }

    [Fact]
    public async Task Log_records_are_found_by_their_trace()
    {
        await using var store = Opened();
        Fill(store, 100);
        var log = Append(store, TestSpan.Log(First, "charged"));
        Append(store, TestSpan.Log(Second, "shipped"));
        Fill(store, 100, from: 1000);

        var found = Assert.Single(store.Logs(First, 10, Cancel));

        Assert.Equal(log.Body.ToArray(), found.Body.ToArray());
        Assert.Equal((log.Facts.TimeUnixNs, log.Facts.Severity), (found.Facts.TimeUnixNs, found.Facts.Severity));
        Assert.Equal("order-service", found.Facts.Source.Service);
        Assert.Empty(store.Trace(First, 10, Cancel));
        Assert.Equal((200, 2), (store.Statistics.Spans, store.Statistics.Logs));
        Assert.Equal(200, Pages(store, null, TimeRange.All, 100).Count);
    }

    [Fact]
    public async Task A_producer_finds_who_links_to_it()
    {
        await using var store = Opened();
        Fill(store, 100);
        Append(store, new TestSpan { Trace = Second, Id = 77, Links = [(First, 5, [])] });
        Fill(store, 100, from: 1000);

        Assert.Equal([77ul], store.LinkedTo(First, 10, Cancel).Select(span => span.Facts.SpanId));
    }

    [Fact]
    public async Task A_record_is_found_with_its_send_and_its_processing_in_every_group_and_batch()
    {
        await using var store = Opened();
        Append(store, new TestSpan { Id = 1, Attributes = TestSpan.Kafka("send", "orders", 3, 42) });
        Append(store, new TestSpan { Id = 2, Attributes = TestSpan.Kafka("process", "orders", 3, 42, "billing") });
        Append(store, new TestSpan { Id = 3, Attributes = TestSpan.Kafka("process", "orders", 3, 42, "shipping") });
        Append(store, new TestSpan { Id = 4, Attributes = TestSpan.Kafka("process", "orders", 3, 43, "billing") });
        Append(store, new TestSpan { Id = 5, Attributes = TestSpan.Kafka("process", "payments", 3, 42, "billing") });
        Append(store, new TestSpan
        {
            Id = 6,
            Attributes = [("messaging.system", "kafka"), ("messaging.operation.type", "process"), ("messaging.destination.name", "orders")],
            Links = [(First, 1, [("messaging.destination.partition.id", "3"), ("messaging.kafka.offset", 42L)])],
        });

        Assert.Equal([1ul, 2ul, 3ul, 6ul], Found());
        store.Flush(everything: true);
        Assert.Equal([1ul, 2ul, 3ul, 6ul], Found());

        IEnumerable<ulong> Found() => store.Record("orders", 3, 42, 10, Cancel).Select(span => span.Facts.SpanId).Order();
    }

    [Fact]
    public async Task A_search_gives_the_newest_first_and_each_span_once_over_all_pages()
    {
        await using var store = Opened();
        var all = Fill(store, 400);

        var found = Pages(store, null, TimeRange.All, 7);

        Assert.Equal(
            all.OrderBy(span => SearchPosition.Of(span.Facts), SearchPosition.Order).Select(span => span.Facts.SpanId), found.Select(span => span.Facts.SpanId));
    }

    [Fact]
    public async Task A_search_keeps_to_its_range_of_time()
    {
        await using var store = Opened();
        var all = Fill(store, 400);
        var range = new TimeRange(1_000_100, 1_000_200);

        var found = Pages(store, null, range, 50);

        Assert.Equal(all.Count(span => range.Contains(span.Facts.StartUnixNs)), found.Count);
        Assert.All(found, span => Assert.InRange(span.Facts.StartUnixNs, 1_000_100, 1_000_199));
    }

    [Fact]
    public async Task Spans_that_arrive_while_one_pages_do_not_move_what_follows()
    {
        await using var store = Opened();
        var all = Fill(store, 200);
        var first = Search(store, null, TimeRange.All, 50, null);
        Append(store, new TestSpan { Id = 100_000, Start = 2_000_000 });

        var found = first.Spans.Concat(Pages(store, null, TimeRange.All, 50, first.Cursor)).Select(span => span.Facts.SpanId).ToList();

        Assert.Equal(all.Select(span => span.Facts.SpanId).Order(), found.Order());
    }

    [Fact]
    public async Task A_search_without_time_ends_early_and_still_comes_to_its_end_page_by_page()
    {
        await using var store = Opened();
        var all = Fill(store, 300);
        store.Flush(everything: true);

        var found = new List<StoredSpan>();
        var cuts = 0;
        for (string? cursor = null; ;)
        {
            var page = store.Search(new SearchRequest(null, TimeRange.All, 1000, cursor, TimeSpan.Zero), Cancel);
            found.AddRange(page.Spans);
            cuts += page.IsCutShort ? 1 : 0;
            cursor = page.Cursor;
            if (cursor is null)
            {
                break;
            }

            Assert.InRange(cuts, 0, 1000);
        }

        Assert.Equal(all.Count, found.Count);
        Assert.InRange(cuts, 1, 1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_query_finds_what_a_look_at_every_span_finds(int seed)
    {
        var random = new RandomSpans(seed);
        await using var store = Opened();
        var all = new List<StoredSpan>();
        for (var round = 0; round < 40; round++)
        {
            for (var i = 0; i < 12; i++)
            {
                all.Add(Append(store, random.Next(), all.Count));
            }

            if (random.Random.Next(10) == 0)
            {
                store.Flush(everything: true);
            }

            var query = random.Query();
            var matcher = new SpanMatcher(query);
            var wanted = all.Where(span => matcher.Matches(span.Facts, span.Body.Span))
                .OrderBy(span => SearchPosition.Of(span.Facts), SearchPosition.Order).Select(span => span.Facts.SpanId).ToList();
            Assert.True(
                wanted.SequenceEqual(Pages(store, query, TimeRange.All, 120).Select(span => span.Facts.SpanId)), $"seed {seed}: {query}");
        }
    }

    [Fact]
    public async Task A_query_of_another_form_of_number_finds_it_too()
    {
        await using var store = Opened();
        Append(store, new TestSpan { Id = 1, Attributes = [("size", 500L)] });
        Append(store, new TestSpan { Id = 2, Attributes = [("size", 500.0)] });
        Append(store, new TestSpan { Id = 3, Attributes = [("size", "500")] });
        store.Flush(everything: true);

        Assert.Equal(3, Find(new QueryValue("500", 500)));
        Assert.Equal(3, Find(new QueryValue("500")));
        Assert.Equal(2, Find(new QueryValue("500.0", 500)));

        int Find(QueryValue value) => Pages(
            store, new Condition.Compare(new Field(WellKnownField.Attribute, "size"), Comparison.Equal, value), TimeRange.All, 10).Count;
    }

    [Theory]
    [InlineData(20, 29)]
    [InlineData(25, 25)]
    [InlineData(0, 500)]
    [InlineData(900, 950)]
    public async Task A_range_of_a_partitions_offsets_is_found_wherever_it_lies(int least, int greatest)
    {
        await using var store = Opened();
        for (var offset = 0; offset < 200; offset++)
        {
            for (var partition = 0; partition < 2; partition++)
            {
                Append(store, new TestSpan
                {
                    Id = (ulong)((2 * offset) + partition + 1),
                    Attributes = TestSpan.Kafka("send", "orders", partition, offset + (partition * 1000)),
                });
            }
        }

        Settle(store);
        var found = Pages(
            store,
            new Condition.And(
            [
                Compare(WellKnownField.Topic, Comparison.Equal, new QueryValue("orders")),
                Compare(WellKnownField.Partition, Comparison.Equal, new QueryValue("0", 0)),
                Compare(WellKnownField.Offset, Comparison.GreaterOrEqual, new QueryValue($"{least}", least)),
                Compare(WellKnownField.Offset, Comparison.LessOrEqual, new QueryValue($"{greatest}", greatest)),
            ]),
            TimeRange.All,
            50);

        Assert.Equal(
            Enumerable.Range(0, 200).Where(offset => offset >= least && offset <= greatest),
            found.Select(span => (int)span.Facts.Messaging!.Offset).Order());

        static Condition.Compare Compare(WellKnownField field, Comparison comparison, QueryValue value) => new(new Field(field), comparison, value);
    }

    [Fact]
    public async Task Names_and_values_are_given_most_frequent_first()
    {
        await using var store = Opened();
        for (ulong id = 1; id <= 60; id++)
        {
            Append(store, new TestSpan
            {
                Id = id,
                Service = id % 3 == 0 ? "billing" : "order-service",
                Attributes = [("color", id % 10 == 0 ? "red" : "blue"), .. id == 60 ? [("once", (object)1L)] : Array.Empty<(string, object)>()],
            });
        }

        for (var round = 0; round < 2; round++)
        {
            var names = store.AttributeNames(TimeRange.All, 10, Cancel);
            Assert.Equal(["color", "once", "service.name"], names.Order());
            Assert.Equal("once", names[^1]);
            Assert.Equal(["blue", "red"], store.Values(new Field(WellKnownField.Attribute, "color"), TimeRange.All, 10, Cancel));
            Assert.Equal(["blue"], store.Values(new Field(WellKnownField.Attribute, "color"), TimeRange.All, 1, Cancel));
            Assert.Equal(["order-service", "billing"], store.Values(new Field(WellKnownField.Service), TimeRange.All, 10, Cancel));
            Assert.Equal(["send orders"], store.Values(new Field(WellKnownField.Name), TimeRange.All, 10, Cancel));
            Assert.Empty(store.Values(new Field(WellKnownField.Attribute, "none"), TimeRange.All, 10, Cancel));
            store.Flush(everything: true);
        }
    }

    [Fact]
    public async Task Values_are_those_of_the_scope_that_is_asked_for()
    {
        await using var store = Opened();
        for (ulong id = 1; id <= 40; id++)
        {
            Append(store, new TestSpan
            {
                Id = id,
                Resource = [("zone", id % 4 == 0 ? "south" : "north"), ("only", "resource")],
                Attributes = [("zone", "inner"), ("size", (long)id)],
            });
        }

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(["north", "south"], Values("zone", AttributeScope.Resource).Order());
            Assert.Equal(["inner"], Values("zone", AttributeScope.Span));
            Assert.Equal(["inner", "north", "south"], Values("zone", AttributeScope.Any).Order());
            Assert.Empty(Values("size", AttributeScope.Resource));
            Assert.Empty(Values("only", AttributeScope.Span));
            Assert.Equal(40, Values("size", AttributeScope.Span).Count);
            Settle(store);
        }

        IReadOnlyList<string> Values(string name, AttributeScope scope) =>
            store.Values(new Field(WellKnownField.Attribute, name, scope), TimeRange.All, 100, Cancel);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Every_range_of_offsets_finds_what_a_look_at_every_span_finds(int seed)
    {
        var random = new RandomSpans(seed);
        await using var store = Opened();
        var all = new List<StoredSpan>();
        for (var round = 0; round < 60; round++)
        {
            for (var i = 0; i < 8; i++)
            {
                all.Add(Append(store, random.Next(offsetsApart: round < 30 ? 1 : 700), all.Count));
            }

            if (random.Random.Next(8) == 0)
            {
                Settle(store);
            }

            var query = random.Offsets();
            var matcher = new SpanMatcher(query);
            var wanted = all.Where(span => matcher.Matches(span.Facts, span.Body.Span)).Select(span => span.Facts.SpanId).Order();
            Assert.True(
                wanted.SequenceEqual(Pages(store, query, TimeRange.All, 120).Select(span => span.Facts.SpanId).Order()), $"seed {seed}: {query}");
        }
    }

    [Fact]
    public async Task A_question_that_nobody_waits_for_any_more_ends()
    {
        await using var store = Opened();
        Fill(store, 300);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(
            () => store.Search(new SearchRequest(null, TimeRange.All, 10, null, LongEnough), cancelled.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => store.Trace(new TraceId(7, 1), 100, cancelled.Token));
    }

    [Fact]
    public async Task What_is_too_old_is_dropped()
    {
        await using var store = Opened();
        Fill(store, 300);
        Time.Advance(TimeSpan.FromDays(5));
        store.Flush(everything: true);
        Fill(store, 100, from: 1000);
        Settle(store);
        Time.Advance(TimeSpan.FromDays(3));

        store.Retain(Time.GetUtcNow());

        var kept = Pages(store, null, TimeRange.All, 100).Select(span => span.Facts.SpanId).ToList();
        Assert.InRange(kept.Count, 100, 399);
        Assert.Equal(100, kept.Count(id => id > 1000));
        Assert.Equal((kept.Count, 400 - kept.Count), (store.Statistics.Spans, store.Statistics.SpansDropped));
    }

    [Fact]
    public async Task Readers_see_all_that_was_appended_before_they_asked()
    {
        await using var store = Opened();
        var appended = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                var before = Volatile.Read(ref appended);
                Assert.True(store.Trace(First, 10_000, Cancel).Count >= before);
                before = Volatile.Read(ref appended);
                Assert.True(Pages(store, null, TimeRange.All, 10_000).Count >= before);
            }
        }, Cancel)).ToArray();
        for (var i = 1; i <= 1500; i++)
        {
            Append(store, new TestSpan { Trace = First, Id = (ulong)i, Start = i });
            Volatile.Write(ref appended, i);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    /// <summary>Waits until nothing is under way.</summary>
    private protected virtual void Settle(ISpanStore store) => store.Flush(everything: true);

    private protected ISpanStore Opened()
    {
        var store = Open();
        store.Recover(null);
        return store;
    }

    private protected static StoredSpan Append(ISpanStore store, TestSpan span, long entry = 0)
    {
        var read = span.Read(entry);
        store.Append(read.Facts, read.Body.Span);
        return read;
    }

    private protected static StoredLog Append(ISpanStore store, StoredLog log)
    {
        store.Append(log.Facts, log.Body.Span);
        return log;
    }

    /// <summary>Spans at random, whose ids and entries count on from a number.</summary>
    private protected static List<StoredSpan> Fill(ISpanStore store, int count, int from = 0)
    {
        var random = new RandomSpans(from);
        return [.. Enumerable.Range(1, count).Select(i => Append(store, random.Next() with { Id = (ulong)(from + i) }, from + i))];
    }

    private protected static SearchPage Search(ISpanStore store, Condition? where, TimeRange range, int limit, string? cursor) =>
        store.Search(new SearchRequest(where, range, limit, cursor, LongEnough), Cancel);

    private protected static List<StoredSpan> Pages(ISpanStore store, Condition? where, TimeRange range, int limit, string? cursor = null)
    {
        var found = new List<StoredSpan>();
        do
        {
            var page = Search(store, where, range, limit, cursor);
            found.AddRange(page.Spans);
            cursor = page.Cursor;
        }
        while (cursor is not null);

        return found;
    }
}

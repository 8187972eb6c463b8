using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Store;
using Throughline.Server.Internal.Store.Blocks;
using Throughline.Server.Internal.Store.Segments;

namespace Throughline.Server.Tests.Store;

public sealed class SegmentStoreDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly KeptLog<SegmentStore> _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_damaged_block_is_counted_and_told_of_once_and_the_others_are_served()
    {
        var mark = await FillAsync(300);
        var path = First("*.spans");
        Assert.True(BlockHeader.TryRead((await File.ReadAllBytesAsync(path, Cancel)).AsSpan(SegmentHeader.Size), out var sources));
        Change(path, SegmentHeader.Size + (2 * BlockHeader.Size) + sources.Length + 20, bytes => bytes[0] ^= 0x10);

        await using var store = Open();
        store.Recover(mark);
        var found = All(store);
        All(store);

        Assert.InRange(found.Count, 300 - 16, 299);
        Assert.Equal(1, store.Statistics.BlocksDamaged);
        var told = Assert.Single(_log.Texts);
        Assert.Contains(path, told, StringComparison.Ordinal);
        Assert.Contains("checksum", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_header_of_a_block_hides_the_block_from_nobody_that_has_an_index()
    {
        var mark = await FillAsync(300);
        var path = First("*.spans");
        Assert.True(BlockHeader.TryRead((await File.ReadAllBytesAsync(path, Cancel)).AsSpan(SegmentHeader.Size), out var sources));
        Change(path, SegmentHeader.Size + BlockHeader.Size + sources.Length, bytes => bytes[0] ^= 0x10);

        await using var store = Open();
        store.Recover(mark);

        Assert.InRange(All(store).Count, 300 - 16, 299);
        Assert.Equal(1, store.Statistics.BlocksDamaged);
    }

    [Fact]
    public async Task Without_its_sources_a_segment_still_gives_its_spans_once_its_index_is_lost_too()
    {
        var mark = await FillAsync(300);
        var path = First("*.spans");
        Change(path, SegmentHeader.Size + BlockHeader.Size + 4, bytes => bytes[0] ^= 0x10);
        File.Delete(First("*.db"));

        await using var store = Open();
        store.Recover(mark);
        var found = All(store);

        Assert.Equal(300, found.Count);
        Assert.InRange(found.Count(span => span.Facts.Source.Service == "unknown_service"), 1, 299);
        Assert.Equal(1, store.Statistics.BlocksDamaged);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_damaged_index_is_made_anew(int at)
    {
        var mark = await FillAsync(300);
        Change(First("*.db"), at, bytes => Random.Shared.NextBytes(bytes[..200]));

        await using var store = Open();
        store.Recover(mark);

        Assert.Equal(300, All(store).Count);
        Assert.Equal(0, store.Statistics.BlocksDamaged);
    }

    [Fact]
    public async Task An_index_of_an_older_version_is_made_anew()
    {
        var mark = await FillAsync(300);
        var path = First("*.db");
        Change(path, 60, bytes => BinaryPrimitives.WriteInt32BigEndian(bytes, IndexSchema.Version - 1));

        await using (var store = Open())
        {
            store.Recover(mark);
            Assert.Equal(300, All(store).Count);
        }

        Assert.Equal(IndexSchema.Version, BinaryPrimitives.ReadInt32BigEndian((await File.ReadAllBytesAsync(path, Cancel)).AsSpan(60)));
    }

    [Fact]
    public async Task A_segment_of_a_later_version_is_refused_with_what_to_do()
    {
        var mark = await FillAsync(300);
        var path = First("*.spans");
        Change(path, 8, bytes => bytes[0] = 9);

        await using var store = Open();
        var refusal = Assert.Throws<InvalidDataException>(() => store.Recover(mark));

        Assert.Contains($"{path} has format 9", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("start the version that wrote it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_segment_is_refused()
    {
        var mark = await FillAsync(300);
        Change(First("*.spans"), 0, bytes => bytes[0] ^= 1);

        await using var store = Open();

        Assert.Contains("is no segment", Assert.Throws<InvalidDataException>(() => store.Recover(mark)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mark_of_another_kind_is_refused()
    {
        await using var store = Open();

        Assert.Throws<FormatException>(() => store.Recover("yesterday"));
    }

    [Fact]
    public async Task Dropping_segments_breaks_no_reader()
    {
        await using var store = Open(SegmentStoreTests.Options(_folder.Path) with { BytesMax = 500_000 });
        store.Recover(null);
        var writing = Task.Run(() => Append(store, 3000), Cancel);
        var reads = 0;
        while (!writing.IsCompleted || reads == 0)
        {
            All(store);
            store.Trace(new(7, 3), 1000, Cancel);
            store.AttributeNames(TimeRange.All, 100, Cancel);
            reads++;
        }

        await writing;
        Assert.InRange(store.Statistics.SpansDropped, 1, 2999);
        Assert.Equal(0, store.Statistics.BlocksDamaged);
    }

    [Fact]
    public async Task A_span_larger_than_a_block_is_kept()
    {
        await using var store = Open(SegmentStoreTests.Options(_folder.Path) with { BlockBytesMax = 1000 });
        store.Recover(null);
        var large = new TestSpan { Id = 7, Trace = new(1, 1), Attributes = [("payload", new string('x', 100_000))] }.Read();
        Append(store, 20);
        store.Append(large.Facts, large.Body.Span);
        Append(store, 20);
        store.Flush(everything: true);

        Assert.Equal(large.Body.ToArray(), Assert.Single(store.Trace(new(1, 1), 10, Cancel)).Body.ToArray());
    }

    private static void Change(string path, int at, Action<Span<byte>> change)
    {
        var bytes = File.ReadAllBytes(path);
        change(bytes.AsSpan(at));
        File.WriteAllBytes(path, bytes);
    }

    private static List<StoredSpan> All(SegmentStore store) =>
        [.. store.Search(new SearchRequest(null, TimeRange.All, 100_000, null, TimeSpan.FromMinutes(1)), Cancel).Spans];

    private static void Append(SegmentStore store, int count)
    {
        var spans = new RandomSpans(count);
        for (var i = 0; i < count; i++)
        {
            var span = spans.Next().Read();
            store.Append(span.Facts, span.Body.Span);
        }
    }

    private async Task<string> FillAsync(int count)
    {
        await using var store = Open();
        store.Recover(null);
        Append(store, count);
        var mark = store.Flush(everything: true).Mark;
        store.Settle();
        return mark;
    }

    private string First(string pattern) => Directory.GetFiles(_folder.Path, pattern).Order(StringComparer.Ordinal).First();

    private SegmentStore Open(SegmentStoreOptions? options = null) =>
        new(options ?? SegmentStoreTests.Options(_folder.Path), new OtlpDecoder(), DiskFiles.Instance, new ManualTime(), _log);

    private sealed class KeptLog<T> : ILogger<T>
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Texts)
            {
                Texts.Add(formatter(state, exception));
            }
        }
    }
}

using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Store;
using Throughline.Server.Tests.Files;

namespace Throughline.Server.Tests.Store;

public sealed class SegmentStoreFullTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_spans_keeps_the_others_and_takes_more_when_there_is_space_again()
    {
        var files = new ForgetfulFiles { Free = 6_000 };
        string mark;
        List<ulong> kept;
        await using (var store = Open(_folder.Path, files))
        {
            store.Recover(null);
            kept = AppendUntilFull(store, out var refusal);
            Assert.Contains("cannot write", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(kept, Ids(store));
            var full = store.Flush(everything: true);
            Assert.NotEmpty(full.Pending);
            Assert.Throws<StoreFullException>(() => Append(store, 100_000));

            files.Free = long.MaxValue;
            Append(store, 100_001);
            kept.Add(100_001);
            var free = store.Flush(everything: true);
            Assert.Empty(free.Pending);
            mark = free.Mark;
            Assert.Equal(kept, Ids(store));
        }

        await using var reopened = Open(_folder.Path, new ForgetfulFiles());
        reopened.Recover(mark);
        Assert.Equal(kept, Ids(reopened));
        Assert.Equal(0, reopened.Statistics.BlocksDamaged);
    }

    [Fact]
    public async Task What_is_pending_on_a_full_disk_is_what_a_restart_lacks()
    {
        var files = new ForgetfulFiles { Free = 6_000 };
        StoreMark mark;
        List<ulong> kept;
        await using (var store = Open(_folder.Path, files))
        {
            store.Recover(null);
            kept = AppendUntilFull(store, out _);
            mark = store.Flush(everything: true);
            files.Crash();
        }

        await using var reopened = Open(_folder.Path, new ForgetfulFiles());
        reopened.Recover(mark.Mark);
        Assert.Equal(kept, Ids(reopened).Concat(mark.Pending.Select(position => (ulong)position.Entry)).Order());
    }

    [Fact]
    public async Task A_store_that_may_have_fewer_bytes_than_it_cannot_drop_refuses()
    {
        await using var store = Open(_folder.Path, DiskFiles.Instance, bytesMax: 3_000);
        store.Recover(null);

        AppendUntilFull(store, out var refusal);

        Assert.Contains("3000", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_its_limit_of_bytes_a_store_drops_its_oldest()
    {
        await using var store = Open(_folder.Path, DiskFiles.Instance, bytesMax: 700_000);
        store.Recover(null);
        for (ulong id = 1; id <= 2500; id++)
        {
            Append(store, id);
            if (id % 250 == 0)
            {
                store.Settle();
            }
        }

        store.Settle();
        store.Retain(_time.GetUtcNow());

        var left = Ids(store);
        Assert.InRange(store.Statistics.Bytes, 1, 700_000);
        Assert.Equal(2500, left.Count + store.Statistics.SpansDropped);
        Assert.InRange(left.Count, 100, 2400);
        Assert.Equal(Enumerable.Range(2501 - left.Count, left.Count).Select(id => (ulong)id), left);
    }

    [Fact]
    public async Task A_disk_that_is_really_full_is_survived_also_while_sealing()
    {
        using var disk = SmallDisk.TryMount(_folder.Path, kibibytes: 2000);
        Assert.SkipUnless(disk is not null, "A file system of its own needs root, and mount.");
        var ballast = Path.Join(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[1200 * 1024], Cancel);
        await using var store = Open(disk.Path, DiskFiles.Instance);
        store.Recover(null);
        var kept = AppendUntilFull(store, out _);
        Assert.Equal(kept, Ids(store));

        File.Delete(ballast);

        for (ulong id = 100_000; id < 100_100; id++)
        {
            Append(store, id);
            kept.Add(id);
        }

        Assert.Empty(store.Flush(everything: true).Pending);
        Assert.Equal(kept, Ids(store));
    }

    private static List<ulong> AppendUntilFull(SegmentStore store, out StoreFullException refusal)
    {
        var kept = new List<ulong>();
        for (ulong id = 1; id < 50_000; id++)
        {
            try
            {
                Append(store, id);
                kept.Add(id);
            }
            catch (StoreFullException e)
            {
                refusal = e;
                return kept;
            }
        }

        throw new UnreachableException("The disk never got full.");
    }

    private static void Append(SegmentStore store, ulong id)
    {
        var span = new TestSpan { Id = id, Start = (long)id, Attributes = [("noise", Convert.ToHexString(BitConverter.GetBytes(id * 0x9E3779B97F4A7C15)))] }
            .Read(entry: (long)id);
        store.Append(span.Facts, span.Body.Span);
    }

    private static List<ulong> Ids(SegmentStore store) =>
    [
        .. store.Search(new SearchRequest(null, TimeRange.All, 100_000, null, TimeSpan.FromMinutes(1)), Cancel)
            .Spans.Select(span => span.Facts.SpanId).Reverse(),
    ];

    private SegmentStore Open(string folder, IDurableFiles files, long? bytesMax = null) => new(
        SegmentStoreTests.Options(folder) is var options && bytesMax is { } max ? options with { BytesMax = max } : options,
        new OtlpDecoder(),
        files,
        _time,
        NullLogger<SegmentStore>.Instance);
}

using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Tests.Files;

namespace Throughline.Server.Tests.Store;

/// <summary>
/// A disk that loses what was not synced, and a pipeline that does what the real one does after a crash: it goes back to its
/// last checkpoint, and appends again what was pending there and what came later.
/// </summary>
public sealed class SegmentStoreCrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task After_a_crash_at_any_moment_every_span_is_there_once(int seed)
    {
        var random = new Random(seed);
        var log = Log(seed, 1500);
        var checkpoint = (Mark: (string?)null, Pending: new List<StoredSpan>(), Next: 0);
        for (var life = 0; checkpoint.Next < log.Count; life++)
        {
            var files = new ForgetfulFiles(seed + life);
            var store = Open(files);
            store.Recover(checkpoint.Mark);
            CheckHolds(store, log.Take(checkpoint.Next).Except(checkpoint.Pending));
            foreach (var span in checkpoint.Pending)
            {
                Append(store, span);
            }

            for (int next = checkpoint.Next, end = Math.Min(log.Count, next + random.Next(1, 400)); next < end; next++)
            {
                Append(store, log[next]);
                if (random.Next(60) == 0 || next + 1 == log.Count)
                {
                    var mark = store.Flush(everything: next + 1 == log.Count || random.Next(3) == 0);
                    checkpoint = (mark.Mark, [.. log.Where(span => mark.Pending.Contains(span.Facts.Position))], next + 1);
                }
            }

            if (random.Next(3) == 0)
            {
                store.Settle();
            }

            files.Crash();
            await store.DisposeAsync();
            LoseSomeIndexes(random);
        }

        await using var last = Open(new ForgetfulFiles());
        last.Recover(checkpoint.Mark);
        CheckHolds(last, log);
    }

    [Fact]
    public async Task A_sync_that_fails_gives_no_mark_until_a_restart()
    {
        var files = new ForgetfulFiles();
        await using var store = Open(files);
        store.Recover(null);
        foreach (var span in Log(1, 40))
        {
            Append(store, span);
        }

        store.Flush(everything: true);
        Append(store, Log(2, 1)[0]);
        files.FailSync = true;

        Assert.Throws<IOException>(() => store.Flush(everything: true));
        Assert.Throws<IOException>(() => store.Flush(everything: true));
    }

    [Fact]
    public async Task A_file_that_lost_what_was_synced_is_told_of_at_the_start()
    {
        string mark;
        await using (var store = Open(new ForgetfulFiles()))
        {
            store.Recover(null);
            foreach (var span in Log(1, 40))
            {
                Append(store, span);
            }

            mark = store.Flush(everything: true).Mark;
        }

        var path = Directory.GetFiles(_folder.Path, "*.spans").Single();
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..^10]);

        await using var reopened = Open(new ForgetfulFiles());
        var refusal = Assert.Throws<InvalidDataException>(() => reopened.Recover(mark));
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }

    private static List<StoredSpan> Log(int seed, int count)
    {
        var spans = new RandomSpans(seed);
        return [.. Enumerable.Range(1, count).Select(i => spans.Next().Read(entry: i))];
    }

    // As if the crash had come before a segment was sealed: what is before the mark is then sealed at the next start.
    private void LoseSomeIndexes(Random random)
    {
        foreach (var index in Directory.GetFiles(_folder.Path, "*.db"))
        {
            if (random.Next(4) == 0)
            {
                File.Delete(index);
            }
        }
    }

    private SegmentStore Open(ForgetfulFiles files) => new(
        SegmentStoreTests.Options(_folder.Path), new OtlpDecoder(), files, _time, NullLogger<SegmentStore>.Instance);

    private static void Append(SegmentStore store, StoredSpan span) => store.Append(span.Facts, span.Body.Span);

    private static void CheckHolds(SegmentStore store, IEnumerable<StoredSpan> spans)
    {
        var held = store.Search(new SearchRequest(null, TimeRange.All, 10_000, null, TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);
        Assert.Equal(spans.Select(span => span.Facts.SpanId).Order(), held.Spans.Select(span => span.Facts.SpanId).Order());
        Assert.Equal(held.Spans.Count, store.Statistics.Spans);
        Assert.Equal(0, store.Statistics.BlocksDamaged);
        var trace = new TraceId(7, 3);
        Assert.Equal(
            held.Spans.Count(span => span.Facts.TraceId == trace), store.Trace(trace, 10_000, TestContext.Current.CancellationToken).Count);
    }
}

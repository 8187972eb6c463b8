using System.Text;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Files;

namespace Throughline.Server.Tests.Ingest;

public sealed class IngestLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<(string Text, long Position)> _written = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_read_after_a_restart_in_its_order()
    {
        await using (var log = Open(DiskFiles.Instance))
        {
            await AppendAsync(log, "one", "two", "three");
        }

        await using var again = Open(DiskFiles.Instance);
        Assert.Equal(["one", "two", "three"], Texts(again, 0));
        Assert.Equal(_written.Select(entry => entry.Position), again.From(0, Fail).Select(entry => entry.Position));
    }

    [Fact]
    public async Task A_body_is_read_by_its_place_in_its_entry()
    {
        await using var log = Open(DiskFiles.Instance);
        await AppendAsync(log, "before", "hello world");
        var body = new byte[5];
        log.ReadBody(new SpanPosition(_written[1].Position, 6, 5), body);
        Assert.Equal("world", Encoding.UTF8.GetString(body));
    }

    [Fact]
    public async Task Segments_roll_and_are_deleted_once_released()
    {
        await using var log = Open(DiskFiles.Instance, new IngestLogOptions { SegmentSizeMax = 100 });
        await AppendAsync(log, [.. Enumerable.Range(0, 20).Select(i => $"entry number {i}")]);
        Assert.True(Directory.GetFiles(_folder.Path).Length > 3);

        var released = _written[15].Position;
        log.Release(released);
        Assert.Equal("entry number 15", Texts(log, released)[0]);
        Assert.True(log.First > _written[10].Position);
        Assert.Throws<InvalidDataException>(() => log.ReadBody(new SpanPosition(_written[0].Position, 0, 1), new byte[1]));
    }

    [Fact]
    public async Task A_full_disk_refuses_and_the_log_goes_on_when_there_is_space()
    {
        var files = new ForgetfulFiles();
        await using var log = Open(files);
        await AppendAsync(log, "kept");
        files.Free = 30;
        var refused = new WaitingEntry(SignalKind.Traces, new byte[100], new object());
        Assert.True(log.TryAppend(refused));
        await Assert.ThrowsAsync<IOException>(() => refused.Written.WaitAsync(Cancelled));

        files.Free = long.MaxValue;
        await AppendAsync(log, "kept too");
        Assert.Equal(["kept", "kept too"], Texts(log, 0));
        Assert.Null(log.Failure);
    }

    [Fact]
    public async Task A_failed_sync_is_no_acknowledgement()
    {
        var files = new ForgetfulFiles();
        await using var log = Open(files);
        await AppendAsync(log, "kept");
        files.FailSync = true;
        var refused = new WaitingEntry(SignalKind.Traces, "lost"u8.ToArray(), new object());
        Assert.True(log.TryAppend(refused));
        await Assert.ThrowsAsync<IOException>(() => refused.Written.WaitAsync(Cancelled));
        await AppendAsync(log, "after");
        Assert.Equal(["kept", "after"], Texts(log, 0));
    }

    [Fact]
    public async Task Over_its_size_the_log_refuses()
    {
        await using var log = Open(DiskFiles.Instance, new IngestLogOptions { SizeMax = 100 });
        await AppendAsync(log, "12345678901234567890");
        Assert.False(log.TryAppend(new WaitingEntry(SignalKind.Traces, new byte[60], new object())));
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "00000000000000000000.log"), "something else entirely", Cancelled);
        var exception = Assert.Throws<InvalidDataException>(() => Open(DiskFiles.Instance));
        Assert.Contains("00000000000000000000.log is not a segment", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Positions_go_on_where_the_checkpoint_was_when_the_folder_was_emptied()
    {
        await using var log = IngestLog.Open(DiskFiles.Instance, _folder.Path, 5000, new IngestLogOptions(), Written);
        await AppendAsync(log, "first");
        Assert.Equal(5000, _written[0].Position);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task After_crashes_all_that_was_acknowledged_is_there_once(int seed)
    {
        var random = new Random(seed);
        var files = new ForgetfulFiles(seed);
        var acknowledged = new List<string>();
        for (var round = 0; round < 25; round++)
        {
            var log = Open(files, new IngestLogOptions { SegmentSizeMax = 400 });
            Assert.Equal(acknowledged, Texts(log, 0).Where(text => !text.StartsWith('?')));
            for (var i = random.Next(8); i > 0; i--)
            {
                var text = $"{round} {i} {new string('x', random.Next(120))}";
                await AppendAsync(log, text);
                acknowledged.Add(text);
            }

            // The crash comes while these are on their way: they may be there afterwards or not, but whole.
            for (var i = random.Next(4); i > 0; i--)
            {
                log.TryAppend(new WaitingEntry(SignalKind.Traces, Encoding.UTF8.GetBytes("?" + new string('y', random.Next(90))), ""));
            }

            files.Crash();
            await log.DisposeAsync();
        }
    }

    private IngestLog Open(IDurableFiles files, IngestLogOptions? options = null) =>
        IngestLog.Open(files, _folder.Path, 0, options ?? new IngestLogOptions(), Written);

    private void Written(WaitingEntry entry, long position)
    {
        lock (_written)
        {
            _written.Add((Encoding.UTF8.GetString(entry.Payload.Span), position));
        }
    }

    private static async Task AppendAsync(IngestLog log, params string[] texts)
    {
        foreach (var text in texts)
        {
            var entry = new WaitingEntry(SignalKind.Traces, Encoding.UTF8.GetBytes(text), new object());
            Assert.True(log.TryAppend(entry));
            await entry.Written.WaitAsync(Cancelled);
        }
    }

    private static List<string> Texts(IngestLog log, long from) =>
        [.. log.From(from, Fail).Select(entry => Encoding.UTF8.GetString(entry.Payload.Span))];

    private static void Fail(string damage) => Assert.Fail(damage);
}

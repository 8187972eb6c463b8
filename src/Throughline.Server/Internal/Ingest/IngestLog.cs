using System.Collections.Concurrent;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Ingest;

/// <summary>
/// What was received, in order, on disk before anybody is told that it was received. One thread writes: it takes what
/// waits, writes it in one go and syncs once for all.
/// </summary>
internal sealed class IngestLog : IAsyncDisposable
{
    private readonly IDurableFiles _files;
    private readonly string _folder;
    private readonly IngestLogOptions _options;
    private readonly Action<WaitingEntry, long> _written;
    private readonly LogSegments _segments;
    private readonly BlockingCollection<WaitingEntry> _waiting;
    private readonly Task _writing;
    private volatile Exception? _failure;

    private IngestLog(
        IDurableFiles files, string folder, IngestLogOptions options, LogSegments segments, Action<WaitingEntry, long> written)
    {
        _files = files;
        _folder = folder;
        _options = options;
        _segments = segments;
        _written = written;
        _waiting = new BlockingCollection<WaitingEntry>(options.WaitingMax);
        _writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Position after the last entry on disk.</summary>
    public long End => _segments.Tail.End;

    /// <summary>Position of the oldest entry that is still there.</summary>
    public long First => _segments.All[0].First;

    /// <summary>Bytes of all segments.</summary>
    public long Size => End - First;

    /// <summary>Why nothing can be written any more until a restart; null while all is well.</summary>
    public Exception? Failure => _failure;

    /// <param name="files">The disk.</param>
    /// <param name="folder">Where the segments lie.</param>
    /// <param name="firstPosition">Where positions go on if nothing is there: the last checkpoint's.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="written">Told of each entry on disk, with its position, in their order, before its sender is.</param>
    /// <exception cref="InvalidDataException">A file is no segment, or one of a later version.</exception>
    public static IngestLog Open(
        IDurableFiles files, string folder, long firstPosition, IngestLogOptions options, Action<WaitingEntry, long> written) =>
        new(files, folder, options, LogSegments.Open(files, folder, firstPosition), written);

    /// <summary>Lets an entry wait for the disk; false when too many do, or too much is there that nobody has taken yet.</summary>
    public bool TryAppend(WaitingEntry entry)
    {
        try
        {
            return _failure is null && Size + entry.Size <= _options.SizeMax && _waiting.TryAdd(entry);
        }
        catch (InvalidOperationException)
        {
            // The server stops: whoever comes now tries again when it is back.
            return false;
        }
    }

    /// <summary>The entry at a position; null where there is none, or none that is whole.</summary>
    public LogEntry? Read(long position) => _segments.Holding(position)?.Read(position);

    /// <summary>A span's or log record's bytes.</summary>
    /// <exception cref="InvalidDataException">They are not there: released, or the disk lost them.</exception>
    public void ReadBody(SpanPosition position, Span<byte> buffer)
    {
        var segment = _segments.Holding(position.Entry)
            ?? throw new InvalidDataException($"The ingest log has no entry at {position.Entry}; it holds {First} to {End}.");
        segment.ReadPayload(position.Entry, position.Start, buffer);
    }

    /// <summary>The entries from a position on, up to what is on disk when this is called.</summary>
    /// <param name="position">The first entry's.</param>
    /// <param name="damaged">Told of a segment whose rest cannot be read; reading goes on with the next segment.</param>
    public IEnumerable<LogEntry> From(long position, Action<string> damaged)
    {
        var all = _segments.All;
        var end = all[^1].End;
        foreach (var segment in all)
        {
            var next = Math.Max(position, segment.First);
            while (next < Math.Min(segment.End, end))
            {
                if (segment.Read(next) is not { } entry)
                {
                    damaged($"{segment.Path} cannot be read from position {next} on; {segment.End - next} bytes are skipped.");
                    break;
                }

                next = entry.End;
                yield return entry;
            }
        }
    }

    /// <summary>Deletes the segments that lie wholly before a position: nobody will read them again.</summary>
    public void Release(long position)
    {
        foreach (var segment in _segments.TakeBefore(position))
        {
            segment.Dispose();
            _files.Delete(segment.Path);
        }
    }

    /// <summary>Writes what waits, and takes nothing more. What is there can still be read.</summary>
    public Task StopWritingAsync()
    {
        _waiting.CompleteAdding();
        return _writing;
    }

    /// <summary>Writes what waits, and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopWritingAsync().ConfigureAwait(false);
        _waiting.Dispose();
        _segments.Dispose();
    }

    private void Write()
    {
        var group = new List<WaitingEntry>();
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            var size = first.Size;
            while (size < _options.GroupSizeMax && _waiting.TryTake(out var next))
            {
                group.Add(next);
                size += next.Size;
            }

            Write(group, size);
        }
    }

    private void Write(List<WaitingEntry> group, long size)
    {
        try
        {
            if (_failure is { } failure)
            {
                throw new IOException(failure.Message, failure);
            }

            var tail = TailFor(size);
            var position = tail.End;
            tail.Append(Buffers(group), size);
            foreach (var entry in group)
            {
                _written(entry, position);
                entry.Succeed(position);
                position += entry.Size;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TakeBack(exception);
            group.ForEach(entry => entry.Fail(exception));
        }
        catch (Exception exception)
        {
            // A fault of ours: nobody may wait for ever, and what lies on the disk is not added to until it is understood.
            _failure = exception;
            group.ForEach(entry => entry.Fail(exception));
        }
    }

    private LogSegment TailFor(long size)
    {
        var tail = _segments.Tail;
        var used = tail.End - tail.First;
        if (used > 0 && used + size > _options.SegmentSizeMax)
        {
            tail = LogSegment.Create(_files, _folder, tail.End);
            _segments.Add(tail);
        }

        return tail;
    }

    private static List<ReadOnlyMemory<byte>> Buffers(List<WaitingEntry> group)
    {
        var now = UnixTime.Of(DateTimeOffset.UtcNow);
        var buffers = new List<ReadOnlyMemory<byte>>(2 * group.Count);
        foreach (var entry in group)
        {
            var header = new byte[LogFormat.EntryHeaderSize];
            LogFormat.WriteEntryHeader(header, entry.Kind, now, entry.Payload.Span);
            buffers.Add(header);
            buffers.Add(entry.Payload);
        }

        return buffers;
    }

    // A disk that is full has written some of it; one that cannot even take that back is not written to again: what it
    // would say about later writes cannot be believed.
    private void TakeBack(Exception cause)
    {
        try
        {
            if (_failure is null)
            {
                _segments.Tail.Restore();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _failure = new IOException($"The ingest log cannot be written any more: {cause.Message}", exception);
        }
    }
}

using System.Globalization;
using Throughline.Server.Internal.Files;

namespace Throughline.Server.Internal.Ingest;

/// <summary>One file of the log.</summary>
internal sealed class LogSegment : IDisposable
{
    private readonly IDurableFile _file;

    private LogSegment(string path, long first, IDurableFile file, long length)
    {
        Path = path;
        First = first;
        _file = file;
        End = first + length;
    }

    public string Path { get; }

    /// <summary>Position of the first entry.</summary>
    public long First { get; }

    /// <summary>Position after the last entry that is on disk.</summary>
    public long End { get; private set; }

    public static LogSegment Create(IDurableFiles files, string folder, long first)
    {
        var path = System.IO.Path.Combine(folder, first.ToString("D20", CultureInfo.InvariantCulture) + LogFormat.Extension);
        var file = files.Create(path);
        try
        {
            file.Write([LogFormat.FileHeader()], 0);
            file.Sync();
            files.SyncFolder(folder);
            return new LogSegment(path, first, file, 0);
        }
        catch
        {
            file.Dispose();
            files.Delete(path);
            throw;
        }
    }

    /// <summary>Opens a segment, or says that it never came to hold anything.</summary>
    /// <exception cref="InvalidDataException">It is not a segment, or a later version's.</exception>
    public static LogSegment? Open(IDurableFiles files, string path)
    {
        if (!long.TryParse(
            System.IO.Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var first))
        {
            throw new InvalidDataException($"{path} is not named like a segment of the ingest log (20 digits).");
        }

        var file = files.Open(path);
        try
        {
            if (file.Length < LogFormat.FileHeaderSize)
            {
                file.Dispose();
                return null;
            }

            var header = new byte[LogFormat.FileHeaderSize];
            _ = file.Read(header, 0);
            LogFormat.CheckFileHeader(header, path);
            return new LogSegment(path, first, file, file.Length - LogFormat.FileHeaderSize);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes after the last entry and syncs. Only then are the entries there.</summary>
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long size)
    {
        _file.Write(buffers, Place(End));
        _file.Sync();
        End += size;
    }

    /// <summary>Takes back what a failed <see cref="Append"/> may have written.</summary>
    public void Restore() => _file.Cut(Place(End));

    /// <summary>The entry at a position; null where there is no whole one.</summary>
    public LogEntry? Read(long position)
    {
        if (position + LogFormat.EntryHeaderSize > End)
        {
            return null;
        }

        Span<byte> header = stackalloc byte[LogFormat.EntryHeaderSize];
        _ = _file.Read(header, Place(position));
        var length = LogFormat.PayloadLength(header);
        if (length < 0 || position + LogFormat.EntryHeaderSize + length > End)
        {
            return null;
        }

        var payload = new byte[length];
        return _file.Read(payload, Place(position) + LogFormat.EntryHeaderSize) == length && LogFormat.IsWhole(header, payload)
            ? new LogEntry(position, LogFormat.Kind(header), LogFormat.ReceivedUnixNs(header), payload)
            : null;
    }

    /// <summary>Part of an entry's payload, unchecked: its checksum was checked when it was written.</summary>
    public void ReadPayload(long entry, int start, Span<byte> buffer)
    {
        if (_file.Read(buffer, Place(entry) + LogFormat.EntryHeaderSize + start) != buffer.Length)
        {
            throw new InvalidDataException($"{Path} is shorter than an entry that it had ({entry}).");
        }
    }

    /// <summary>Cuts off what follows a position: the torn end that a crash leaves was never acknowledged.</summary>
    public void CutAt(long position)
    {
        _file.Cut(Place(position));
        _file.Sync();
        End = position;
    }

    public void Dispose() => _file.Dispose();

    private long Place(long position) => position - First + LogFormat.FileHeaderSize;
}

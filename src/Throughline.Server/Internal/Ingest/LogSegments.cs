using System.Collections.Immutable;
using Throughline.Server.Internal.Files;

namespace Throughline.Server.Internal.Ingest;

/// <summary>The log's files, oldest first. Changed by one thread at a time; read by any from a snapshot.</summary>
internal sealed class LogSegments : IDisposable
{
    private readonly Lock _changing = new();
    private ImmutableArray<LogSegment> _all;

    private LogSegments(ImmutableArray<LogSegment> all) => _all = all;

    public ImmutableArray<LogSegment> All => _all;

    public LogSegment Tail => _all[^1];

    /// <summary>
    /// Opens what is there. The newest file's torn end is cut off: a crash leaves one, and nobody was told that it is kept.
    /// </summary>
    public static LogSegments Open(IDurableFiles files, string folder, long firstPosition)
    {
        var all = ImmutableArray.CreateBuilder<LogSegment>();
        var paths = files.List(folder)
            .Where(path => path.EndsWith(LogFormat.Extension, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (LogSegment.Open(files, path) is { } segment)
            {
                all.Add(segment);
            }
            else
            {
                files.Delete(path);
            }
        }

        if (all.Count > 0)
        {
            CutTornEnd(all[^1]);
        }

        if (all.Count == 0 || all[^1].End < firstPosition)
        {
            // Positions are never used twice, also when somebody emptied the folder.
            all.Add(LogSegment.Create(files, folder, firstPosition));
        }

        return new LogSegments(all.ToImmutable());
    }

    public LogSegment? Holding(long position)
    {
        var all = _all;
        for (var i = all.Length - 1; i >= 0; i--)
        {
            if (all[i].First <= position)
            {
                return position < all[i].End ? all[i] : null;
            }
        }

        return null;
    }

    public void Add(LogSegment segment)
    {
        lock (_changing)
        {
            _all = _all.Add(segment);
        }
    }

    /// <summary>Takes out what ends at or before a position, but for the newest.</summary>
    public IReadOnlyList<LogSegment> TakeBefore(long position)
    {
        lock (_changing)
        {
            var count = 0;
            while (count < _all.Length - 1 && _all[count].End <= position)
            {
                count++;
            }

            var taken = _all[..count];
            _all = _all[count..];
            return taken;
        }
    }

    public void Dispose()
    {
        foreach (var segment in _all)
        {
            segment.Dispose();
        }
    }

    private static void CutTornEnd(LogSegment segment)
    {
        var position = segment.First;
        while (segment.Read(position) is { } entry)
        {
            position = entry.End;
        }

        if (position < segment.End)
        {
            segment.CutAt(position);
        }
    }
}

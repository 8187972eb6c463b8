using Throughline.Server.Internal.Store.Segments;

namespace Throughline.Server.Internal.Store.Writing;

/// <summary>Segments that have bytes which a crash could lose.</summary>
internal sealed class UnsyncedSegments
{
    private readonly Lock _gate = new();
    private readonly HashSet<Segment> _segments = [];
    private volatile IOException? _lost;

    public void Add(Segment segment)
    {
        lock (_gate)
        {
            _segments.Add(segment);
        }
    }

    /// <summary>Syncs what was written before.</summary>
    /// <exception cref="IOException">It could not be, now or once before: what is on disk is not known until a restart.</exception>
    public void Sync()
    {
        ThrowIfLost();
        Segment[] segments;
        lock (_gate)
        {
            segments = [.. _segments];
        }

        foreach (var segment in segments)
        {
            Sync(segment);
        }
    }

    /// <exception cref="IOException">A sync has failed: the next one would say that all is well, and that would not be known.</exception>
    public void ThrowIfLost()
    {
        if (_lost is { } lost)
        {
            throw new IOException(lost.Message, lost);
        }
    }

    private void Sync(Segment segment)
    {
        var length = segment.SpansLength;
        if (segment.TryLease())
        {
            try
            {
                segment.File().Sync();
            }
            catch (IOException e)
            {
                _lost = new IOException(
                    $"{segment.SpansPath} could not be synced; what is on disk is known again after a restart: {e.Message}", e);
                throw _lost;
            }
            finally
            {
                segment.Release();
            }
        }

        lock (_gate)
        {
            // Written again in the meantime, it stays on the list.
            if (segment.SpansLength == length)
            {
                _segments.Remove(segment);
            }
        }
    }
}

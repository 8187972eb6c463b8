using Throughline.Server.Internal.Files;

namespace Throughline.Server.Tests.Files;

/// <summary>One file of <see cref="ForgetfulFiles"/>: writes wait here for a sync, and are read from here.</summary>
internal sealed class ForgetfulFile(ForgetfulFiles disk, IDurableFile inner) : IDurableFile
{
    private readonly Lock _lock = new();
    private readonly List<(long Position, byte[] Bytes)> _unsynced = [];
    private long? _length;
    private bool _gone;

    public long Length
    {
        get
        {
            lock (_lock)
            {
                return _length ?? inner.Length;
            }
        }
    }

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long position)
    {
        lock (_lock)
        {
            ThrowIfGone();
            foreach (var buffer in buffers)
            {
                var fits = (int)Math.Min(buffer.Length, disk.Free);
                disk.Free -= fits;
                _unsynced.Add((position, buffer[..fits].ToArray()));
                position += fits;
                _length = Math.Max(Length, position);
                if (fits < buffer.Length)
                {
                    throw new IOException("No space left on device");
                }
            }
        }
    }

    public int Read(Span<byte> buffer, long position)
    {
        lock (_lock)
        {
            var read = (int)Math.Clamp(Length - position, 0, buffer.Length);
            buffer[..read].Clear();
            _ = inner.Read(buffer[..read], position);
            foreach (var (start, bytes) in _unsynced)
            {
                var from = Math.Max(start, position);
                var to = Math.Min(start + bytes.Length, position + read);
                if (from < to)
                {
                    bytes.AsSpan((int)(from - start), (int)(to - from)).CopyTo(buffer[(int)(from - position)..]);
                }
            }

            return read;
        }
    }

    public void Sync()
    {
        lock (_lock)
        {
            ThrowIfGone();
            if (disk.FailSync)
            {
                disk.FailSync = false;
                throw new IOException("Input/output error");
            }

            foreach (var (position, bytes) in _unsynced)
            {
                inner.Write([bytes], position);
            }

            _unsynced.Clear();
            _length = null;
        }
    }

    public void Cut(long length)
    {
        lock (_lock)
        {
            ThrowIfGone();
            _unsynced.RemoveAll(write => write.Position >= length);
            inner.Cut(Math.Min(length, inner.Length));
            _length = length;
            if (length == inner.Length)
            {
                _length = null;
            }
        }
    }

    /// <summary>Writes out some pieces of what was not synced: pages reach a disk in any order, or never.</summary>
    public void Crash(Random random)
    {
        lock (_lock)
        {
            foreach (var (position, bytes) in _unsynced)
            {
                if (random.Next(2) == 0 && bytes.Length > 0)
                {
                    inner.Write([bytes.AsMemory(0, random.Next(bytes.Length) + 1)], position);
                }
            }

            _unsynced.Clear();
            _length = null;
            _gone = true;
        }
    }

    public void Dispose() => inner.Dispose();

    private void ThrowIfGone()
    {
        if (_gone)
        {
            throw new IOException("The power is off");
        }
    }
}

using System.Buffers;

namespace Throughline.Server.Internal.Receive;

/// <summary>A request's body in a pooled buffer. Its bytes count as in flight until this is disposed.</summary>
internal sealed class ReceivedBody : IDisposable
{
    private readonly InFlightBytes _inFlight;
    private byte[] _buffer = [];
    private long _taken;
    private long _bufferTaken;
    private int _length;

    public ReceivedBody(InFlightBytes inFlight) => _inFlight = inFlight;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    public int Length => _length;

    /// <summary>Where the next bytes go; empty when there is no room.</summary>
    public Memory<byte> Room => _buffer.AsMemory(_length);

    /// <summary>Bytes were written to <see cref="Room"/>.</summary>
    public void Add(int count) => _length += count;

    /// <summary>Makes room, so that there is some for up to this many bytes in all.</summary>
    /// <returns>False where too much is in flight.</returns>
    public bool TryGrow(int size)
    {
        if (!TryTake(size))
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(size);
        Bytes.Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        Give(_bufferTaken);
        _bufferTaken = size;
        return true;
    }

    /// <summary>Counts bytes as in flight that are made of this body.</summary>
    /// <returns>False where too much is in flight.</returns>
    public bool TryTake(long bytes)
    {
        if (!_inFlight.TryTake(bytes))
        {
            return false;
        }

        _taken += bytes;
        return true;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _length = 0;
        Give(_taken);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Give(long bytes)
    {
        _inFlight.Give(bytes);
        _taken -= bytes;
    }
}

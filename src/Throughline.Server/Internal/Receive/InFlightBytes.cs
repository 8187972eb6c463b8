namespace Throughline.Server.Internal.Receive;

/// <summary>Counts the bytes of requests that are in memory, and says when there may be no more. For many threads.</summary>
internal sealed class InFlightBytes(long max)
{
    private long _taken;

    public long Max => max;

    public long Taken => Volatile.Read(ref _taken);

    /// <returns>False where it would be too many; nothing is taken then.</returns>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= max)
        {
            return true;
        }

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}

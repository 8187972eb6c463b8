namespace Throughline.Server.Internal.Pipeline;

/// <summary>
/// Bytes of requests that were let in and that the pipeline has not taken yet. What was read of them is in memory, so they
/// are bounded.
/// </summary>
internal sealed class Backlog(long max)
{
    private long _bytes;

    public long Max => max;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Lets a request in, whatever its size, unless there is a full backlog already.</summary>
    public bool TryEnter(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) - bytes < max)
        {
            return true;
        }

        Leave(bytes);
        return false;
    }

    public void Leave(int bytes) => Interlocked.Add(ref _bytes, -bytes);
}

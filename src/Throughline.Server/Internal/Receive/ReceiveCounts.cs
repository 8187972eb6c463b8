namespace Throughline.Server.Internal.Receive;

/// <summary>How many requests came to what end, since the start: for /metrics.</summary>
internal sealed class ReceiveCounts
{
    private readonly long[] _requests = new long[Enum.GetValues<ReceiveResult>().Length];
    private long _bytes;

    /// <summary>Bytes of accepted requests after decompression.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public long this[ReceiveResult result] => Volatile.Read(ref _requests[(int)result]);

    public void Add(ReceiveResult result, long bytes)
    {
        Interlocked.Increment(ref _requests[(int)result]);
        if (result == ReceiveResult.Accepted)
        {
            Interlocked.Add(ref _bytes, bytes);
        }
    }
}

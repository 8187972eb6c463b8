using Throughline.Server.Internal.Ingest;

namespace Throughline.Server.Internal.Receive;

/// <summary>How many requests came to what end, since the start: for /metrics and the settings page.</summary>
internal sealed class ReceiveCounts
{
    private static readonly int Results = Enum.GetValues<ReceiveResult>().Length;
    private static readonly int Forms = Enum.GetValues<PayloadForm>().Length;

    private readonly long[] _requests = new long[((int)SignalKind.Metrics + 1) * Forms * Results];
    private long _bytes;

    /// <summary>Bytes of accepted requests after decompression.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Of all signals and forms.</summary>
    public long this[ReceiveResult result] =>
        Enum.GetValues<SignalKind>().Sum(kind => Enum.GetValues<PayloadForm>().Sum(form => this[kind, form, result]));

    public long this[SignalKind kind, PayloadForm form, ReceiveResult result] => Volatile.Read(ref _requests[At(kind, form, result)]);

    public void Add(SignalKind kind, PayloadForm form, ReceiveResult result, long bytes)
    {
        Interlocked.Increment(ref _requests[At(kind, form, result)]);
        if (result == ReceiveResult.Accepted)
        {
            Interlocked.Add(ref _bytes, bytes);
        }
    }

    private static int At(SignalKind kind, PayloadForm form, ReceiveResult result) =>
        ((((int)kind * Forms) + (int)form) * Results) + (int)result;
}

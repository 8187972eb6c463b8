namespace Throughline.Server.Internal.Ingest;

/// <summary>A request that waits for the disk, with what was read of it.</summary>
internal sealed class WaitingEntry(SignalKind kind, ReadOnlyMemory<byte> payload, object items)
{
    private readonly TaskCompletionSource<long> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SignalKind Kind { get; } = kind;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>The decoded items, handed to the pipeline once their entry is on disk.</summary>
    public object Items { get; } = items;

    public int Size => LogFormat.EntryHeaderSize + Payload.Length;

    /// <summary>Ends with the entry's position when it is on disk.</summary>
    public Task<long> Written => _written.Task;

    public void Succeed(long position) => _written.TrySetResult(position);

    public void Fail(Exception exception) => _written.TrySetException(exception);
}

namespace Throughline.Server.Internal.Ingest;

/// <summary>One request in the log.</summary>
/// <param name="Position">Its place: unique, and growing with time.</param>
/// <param name="Kind">Which request the payload is.</param>
/// <param name="ReceivedUnixNs">When it was received.</param>
/// <param name="Payload">OTLP's protobuf, as received or as made of another protocol's.</param>
internal sealed record LogEntry(long Position, SignalKind Kind, long ReceivedUnixNs, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Where the next entry begins.</summary>
    public long End => Position + LogFormat.EntryHeaderSize + Payload.Length;
}

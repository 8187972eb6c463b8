namespace Throughline.Server.Internal.Store;

/// <summary>What the store holds.</summary>
/// <param name="Spans">Stored spans.</param>
/// <param name="Logs">Stored log records.</param>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="Segments">Files' worth of time.</param>
/// <param name="SpansDropped">Spans that retention has dropped since the start.</param>
/// <param name="OldestUnixNs">Start of the oldest span, or null.</param>
/// <param name="BlocksDamaged">Pieces that were met since the start and cannot be read; all others are served.</param>
internal sealed record StoreStatistics(
    long Spans, long Logs, long Bytes, int Segments, long SpansDropped, long? OldestUnixNs, int BlocksDamaged = 0);

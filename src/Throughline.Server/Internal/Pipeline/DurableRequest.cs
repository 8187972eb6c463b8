namespace Throughline.Server.Internal.Pipeline;

/// <summary>A request that is on disk.</summary>
/// <param name="Position">Its entry's position.</param>
/// <param name="End">Where the next entry begins.</param>
/// <param name="Backlog">Bytes that it takes of the backlog; 0 when it was read back from the log.</param>
/// <param name="Request">What was read of it.</param>
internal sealed record DurableRequest(long Position, long End, int Backlog, DecodedRequest Request);

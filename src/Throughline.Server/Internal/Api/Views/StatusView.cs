namespace Throughline.Server.Internal.Api.Views;

/// <summary>What the server is and holds.</summary>
/// <param name="Version">Of the server.</param>
/// <param name="Started">When it started.</param>
/// <param name="Spans">Stored spans.</param>
/// <param name="Logs">Stored log records.</param>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="Segments">Files' worth of time.</param>
/// <param name="SpansDropped">Spans that retention dropped since the start.</param>
/// <param name="Oldest">Start of the oldest span; null where there is none.</param>
internal sealed record StatusView(
    string Version, string Started, long Spans, long Logs, long Bytes, int Segments, long SpansDropped, string? Oldest);

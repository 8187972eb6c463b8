namespace Throughline.Server.Internal.Spans;

/// <summary>Where a span lies in the ingest log.</summary>
/// <param name="Entry">The log entry's position; grows with every entry, also across restarts.</param>
/// <param name="Start">First byte of the span's OTLP message in the entry's payload.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct SpanPosition(long Entry, int Start, int Length);

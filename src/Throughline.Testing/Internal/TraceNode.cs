namespace Throughline.Testing.Internal;

/// <summary>A span at its place in a drawn tree.</summary>
/// <param name="Span">The span.</param>
/// <param name="Prefix">The lines to its left.</param>
/// <param name="Place">How it came to this place.</param>
internal readonly record struct TraceNode(RecordedSpan Span, string Prefix, TracePlace Place);

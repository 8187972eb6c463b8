using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store;

/// <summary>A span as the store gives it: the facts, and OTLP's Span message for everything else that it says.</summary>
internal readonly record struct StoredSpan(SpanFacts Facts, ReadOnlyMemory<byte> Body);

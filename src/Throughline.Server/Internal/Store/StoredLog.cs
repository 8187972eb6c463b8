using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store;

/// <summary>A log record as the store gives it: the facts, and OTLP's LogRecord message.</summary>
internal readonly record struct StoredLog(LogFacts Facts, ReadOnlyMemory<byte> Body);

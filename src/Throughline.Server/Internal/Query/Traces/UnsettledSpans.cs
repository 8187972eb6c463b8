using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Query.Traces;

/// <summary>The spans of a trace that are logged and not in the store yet, read back from the ingest log.</summary>
internal delegate Task<IReadOnlyList<StoredSpan>> UnsettledSpans(TraceId trace, CancellationToken cancellationToken);

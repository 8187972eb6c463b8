using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store;

/// <summary>
/// Where spans are kept. One thread writes (the pipeline's), any number read; a reader sees what was appended before it
/// asked. What is appended is durable once <see cref="Flush"/> has returned: until then the ingest log has it.
/// </summary>
/// <remarks>
/// The caller appends a span once: whether it was sent twice is decided in assembly, with the help of
/// <see cref="MayContain"/> and <see cref="Trace"/>.
/// </remarks>
internal interface ISpanStore : IAsyncDisposable
{
    /// <summary>Keeps a span. The body is copied, or compressed, before this returns.</summary>
    /// <exception cref="StoreFullException">There is no space, on the disk or under the size limit; nothing was kept.</exception>
    void Append(SpanFacts span, ReadOnlySpan<byte> body);

    /// <summary>Keeps a log record of a trace, as <see cref="Append(SpanFacts, ReadOnlySpan{byte})"/> does a span.</summary>
    /// <exception cref="StoreFullException">There is no space; nothing was kept.</exception>
    void Append(LogFacts log, ReadOnlySpan<byte> body);

    /// <summary>Makes everything durable that lies in whole blocks, and says how far that is.</summary>
    /// <param name="everything">Closes blocks that are not full, too: at a stop, or when one has waited for long.</param>
    /// <returns>What <see cref="Recover"/> wants after a restart, and what is appended but not durable yet.</returns>
    StoreMark Flush(bool everything);

    /// <summary>Goes back to a mark: what came after it will be appended again. Called once, before anything else.</summary>
    /// <param name="mark">The last checkpoint's, or null for none: then the store is emptied of what is not sealed.</param>
    void Recover(string? mark);

    /// <summary>Drops what is over its age or the store over its size, whole segments at a time.</summary>
    void Retain(DateTimeOffset now);

    /// <summary>False when the store surely has no span of this trace. Cheap: filters in memory, no file is read.</summary>
    bool MayContain(TraceId trace);

    /// <summary>All spans of a trace, in no order; at most <paramref name="limit"/>.</summary>
    IReadOnlyList<StoredSpan> Trace(TraceId trace, int limit, CancellationToken cancellationToken);

    /// <summary>The log records of a trace.</summary>
    IReadOnlyList<StoredLog> Logs(TraceId trace, int limit, CancellationToken cancellationToken);

    /// <summary>The spans that have a link to a span of this trace: how a producer finds its consumers.</summary>
    IReadOnlyList<StoredSpan> LinkedTo(TraceId trace, int limit, CancellationToken cancellationToken);

    /// <summary>The spans that name this record: its send, its processing in every group; of whatever cluster.</summary>
    IReadOnlyList<StoredSpan> Record(string topic, int partition, long offset, int limit, CancellationToken cancellationToken);

    /// <summary>Spans that fulfil a query, newest first, with a cursor for the next page.</summary>
    SearchPage Search(SearchRequest request, CancellationToken cancellationToken);

    /// <summary>Attribute names that stored spans have, with how many spans had them at least; bounded.</summary>
    IReadOnlyList<string> AttributeNames(TimeRange range, int limit, CancellationToken cancellationToken);

    /// <summary>Values that a field has in stored spans, most frequent first as far as known; bounded.</summary>
    IReadOnlyList<string> Values(Field field, TimeRange range, int limit, CancellationToken cancellationToken);

    /// <summary>Counts for the settings and health page and for /metrics.</summary>
    StoreStatistics Statistics { get; }
}

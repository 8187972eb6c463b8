using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Tests.Pipeline;

/// <summary>A store that notes how much it has when it is first flushed.</summary>
internal sealed class WatchedStore(ISpanStore inner) : ISpanStore
{
    private long _spansAtFirstFlush = -1;

    /// <summary>-1 before.</summary>
    public long SpansAtFirstFlush => Interlocked.Read(ref _spansAtFirstFlush);

    public StoreStatistics Statistics => inner.Statistics;

    public void Append(SpanFacts span, ReadOnlySpan<byte> body) => inner.Append(span, body);

    public void Append(LogFacts log, ReadOnlySpan<byte> body) => inner.Append(log, body);

    public StoreMark Flush(bool everything)
    {
        Interlocked.CompareExchange(ref _spansAtFirstFlush, Statistics.Spans, -1);
        return inner.Flush(everything);
    }

    public void Recover(string? mark) => inner.Recover(mark);

    public void Retain(DateTimeOffset now) => inner.Retain(now);

    public bool MayContain(TraceId trace) => inner.MayContain(trace);

    public IReadOnlyList<StoredSpan> Trace(TraceId trace, int limit, CancellationToken cancellationToken) =>
        inner.Trace(trace, limit, cancellationToken);

    public IReadOnlyList<StoredLog> Logs(TraceId trace, int limit, CancellationToken cancellationToken) =>
        inner.Logs(trace, limit, cancellationToken);

    public IReadOnlyList<StoredSpan> LinkedTo(TraceId trace, int limit, CancellationToken cancellationToken) =>
        inner.LinkedTo(trace, limit, cancellationToken);

    public IReadOnlyList<StoredSpan> Record(
        string topic, int partition, long offset, int limit, CancellationToken cancellationToken) =>
        inner.Record(topic, partition, offset, limit, cancellationToken);

    public SearchPage Search(SearchRequest request, CancellationToken cancellationToken) => inner.Search(request, cancellationToken);

    public IReadOnlyList<string> AttributeNames(TimeRange range, int limit, CancellationToken cancellationToken) =>
        inner.AttributeNames(range, limit, cancellationToken);

    public IReadOnlyList<string> Values(Field field, TimeRange range, int limit, CancellationToken cancellationToken) =>
        inner.Values(field, range, limit, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

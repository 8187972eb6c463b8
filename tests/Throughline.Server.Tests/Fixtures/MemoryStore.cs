using System.Globalization;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Tests.Fixtures;

/// <summary>The store's contract at its plainest, for what is tested above it: lists and loops, everything is kept.</summary>
internal sealed class MemoryStore(List<StoredSpan> disk) : ISpanStore
{
    private readonly Dictionary<TraceId, List<SpanFacts>> _traces = [];
    private readonly Dictionary<TraceId, List<SpanFacts>> _linked = [];
    private readonly Dictionary<(string, int, long), List<SpanFacts>> _records = [];

    public MemoryStore()
        : this([])
    {
    }

    public IReadOnlyList<SpanFacts> Spans => [.. disk.Select(span => span.Facts)];

    public StoreStatistics Statistics => new(disk.Count, 0, 0, 1, 0, null);

    public void Append(SpanFacts span, ReadOnlySpan<byte> body)
    {
        disk.Add(new(span, body.ToArray()));
        Index(span);
    }

    public void Append(LogFacts log, ReadOnlySpan<byte> body) => throw new NotSupportedException();

    private void Index(SpanFacts span)
    {
        Put(_traces, span.TraceId, span);
        foreach (var trace in span.Links.Select(link => link.Key.TraceId).Distinct())
        {
            Put(_linked, trace, span);
        }

        foreach (var place in PlacesOf(span).Distinct())
        {
            Put(_records, place, span);
        }
    }

    public bool MayContain(TraceId trace) => _traces.ContainsKey(trace);

    public IReadOnlyList<StoredSpan> Trace(TraceId trace, int limit, CancellationToken cancellationToken) => Get(_traces, trace, limit);

    public IReadOnlyList<StoredSpan> LinkedTo(TraceId trace, int limit, CancellationToken cancellationToken) =>
        Get(_linked, trace, limit);

    public IReadOnlyList<StoredSpan> Record(
        string topic, int partition, long offset, int limit, CancellationToken cancellationToken) =>
        Get(_records, (topic, partition, offset), limit);

    public StoreMark Flush(bool everything) => new(disk.Count.ToString(CultureInfo.InvariantCulture), []);

    public void Recover(string? mark)
    {
        var kept = mark is null ? 0 : int.Parse(mark, CultureInfo.InvariantCulture);
        disk.RemoveRange(kept, disk.Count - kept);
        foreach (var span in disk)
        {
            Index(span.Facts);
        }
    }

    public void Retain(DateTimeOffset now)
    {
    }

    public IReadOnlyList<StoredLog> Logs(TraceId trace, int limit, CancellationToken cancellationToken) => [];

    public SearchPage Search(SearchRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IReadOnlyList<string> AttributeNames(TimeRange range, int limit, CancellationToken cancellationToken) => [];

    public IReadOnlyList<string> Values(Field field, TimeRange range, int limit, CancellationToken cancellationToken) => [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<(string, int, long)> PlacesOf(SpanFacts span)
    {
        if (span.Messaging is not { Topic: { } topic } messaging)
        {
            yield break;
        }

        if (messaging is { Partition: >= 0, Offset: >= 0 })
        {
            yield return (topic, messaging.Partition, messaging.Offset);
        }

        foreach (var link in span.Links.Where(link => link.Offset >= 0))
        {
            yield return (link.Topic ?? topic, link.Partition >= 0 ? link.Partition : messaging.Partition, link.Offset);
        }
    }

    private static void Put<TKey>(Dictionary<TKey, List<SpanFacts>> table, TKey key, SpanFacts span)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out var spans))
        {
            table.Add(key, spans = []);
        }

        spans.Add(span);
    }

    private static IReadOnlyList<StoredSpan> Get<TKey>(Dictionary<TKey, List<SpanFacts>> table, TKey key, int limit)
        where TKey : notnull =>
        table.TryGetValue(key, out var spans) ? [.. spans.Take(limit).Select(span => new StoredSpan(span, default))] : [];
}

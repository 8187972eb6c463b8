using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Load.Generation;

namespace Throughline.Server.Load.Queries;

/// <summary>A store with what feeds it.</summary>
internal sealed class LoadedStore(QueryOptions options, TrafficOptions traffic, int rowsPerSegment) : IAsyncDisposable
{
    private readonly OtlpDecoder _decoder = new();
    private readonly Traffic _traffic = new(traffic);

    public SegmentStore Store { get; } = new(
        new SegmentStoreOptions
        {
            Folder = Path.Join(options.Folder, "store"),
            SegmentRowsMax = rowsPerSegment,
            Quality = options.Quality,
            BlockRowsMax = options.Block,
        },
        new OtlpDecoder(),
        DiskFiles.Instance,
        TimeProvider.System,
        NullLogger<SegmentStore>.Instance);

    /// <summary>The spans of the next request, as assembly would hand them on: trace after trace.</summary>
    public (byte[] Payload, List<SpanFacts> Spans) Next()
    {
        var payload = _traffic.Next();
        var spans = _decoder.Traces(payload).Spans.ToList();
        var order = new Dictionary<TraceId, int>();
        foreach (var span in spans)
        {
            order.TryAdd(span.TraceId, order.Count);
        }

        spans.Sort((one, other) => order[one.TraceId].CompareTo(order[other.TraceId]));
        return (payload, spans);
    }

    public void Append(byte[] payload, SpanFacts span) =>
        Store.Append(span, payload.AsSpan(span.Position.Start, span.Position.Length));

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}

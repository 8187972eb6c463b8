using Throughline.Server.Internal.Api.Views;

namespace Throughline.Server.Internal.Api.Endpoints;

/// <summary>One record, by its place.</summary>
internal sealed class RecordEndpoint(ApiServices services)
{
    private const int SpansMax = 1_000;

    private static readonly ApiParameter Topic = Parameters.Topic with { IsInPath = true, IsRequired = true };
    private static readonly ApiParameter Partition = Parameters.Partition with { IsInPath = true, IsRequired = true };
    private static readonly ApiParameter Offset = Parameters.Offset with { IsInPath = true, IsRequired = true };

    public ApiRoute Route => new(
        "/records/{topic}/{partition}/{offset}",
        "record",
        "The spans that name a record: its send, its processing in every group.",
        [Topic, Partition, Offset],
        ApiJson.Of<RecordView>(),
        ApiRoute.Now(Handle));

    private RecordView Handle(ApiRequest request, CancellationToken cancellationToken)
    {
        var topic = request.Text(Topic)!;
        var partition = (int)request.Integer(Partition)!.Value;
        var offset = request.Integer(Offset)!.Value;
        var spans = services.Store.Record(topic, partition, offset, SpansMax, cancellationToken)
            .Select(s => s.Facts)
            .OrderBy(s => s.StartUnixNs)
            .ToList();
        return spans.Count > 0
            ? new RecordView(
                topic,
                partition,
                offset,
                [.. spans.Select(s => s.TraceId.ToString()).Distinct(StringComparer.Ordinal)],
                [.. spans.Select(SpanSummaryView.Of)])
            : throw ApiException.NotFound($"no span names record {topic}/{partition}@{offset}");
    }
}

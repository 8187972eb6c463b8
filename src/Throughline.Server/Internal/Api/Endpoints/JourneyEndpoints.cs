using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Journeys;

namespace Throughline.Server.Internal.Api.Endpoints;

/// <summary>An origin's whole way, across traces.</summary>
internal sealed class JourneyEndpoints(ApiServices services)
{
    private static readonly ApiParameter Topic = Parameters.Topic with { IsInPath = true, IsRequired = true };
    private static readonly ApiParameter Partition = Parameters.Partition with { IsInPath = true, IsRequired = true };
    private static readonly ApiParameter Offset = Parameters.Offset with { IsInPath = true, IsRequired = true };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new(
            "/journeys/{traceId}",
            "journey",
            "The journey that a trace belongs to: ancestors and descendants through parents, links and record identity.",
            [Parameters.TraceId],
            ApiJson.Of<JourneyView>(),
            OfTraceAsync),
        new(
            "/records/{topic}/{partition}/{offset}/journey",
            "recordJourney",
            "The journey of a record.",
            [Topic, Partition, Offset],
            ApiJson.Of<JourneyView>(),
            OfRecordAsync),
    ];

    private async ValueTask<object> OfTraceAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var id = request.Trace(Parameters.TraceId);
        return Told(
            await services.Journeys.OfTraceAsync(id, cancellationToken).ConfigureAwait(false),
            $"there is no span of trace {id}");
    }

    private async ValueTask<object> OfRecordAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var topic = request.Text(Topic)!;
        var partition = (int)request.Integer(Partition)!.Value;
        var offset = request.Integer(Offset)!.Value;
        return Told(
            await services.Journeys.OfRecordAsync(topic, partition, offset, cancellationToken).ConfigureAwait(false),
            $"no span sends or processes record {topic}/{partition}@{offset}");
    }

    private static JourneyView Told(Journey? journey, string missing) =>
        journey is null ? throw ApiException.NotFound(missing) : JourneyView.Of(journey);
}

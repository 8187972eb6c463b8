using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Access;

namespace Throughline.Server.Internal.Api.Metrics;

/// <summary>What Prometheus scrapes.</summary>
internal sealed class MetricsEndpoint(MetricSources sources, QueryGate gate)
{
    public const string Path = "/metrics";

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, (RequestDelegate)(async context =>
    {
        try
        {
            await gate.RunAsync(stop => AnswerAsync(context, stop), context.RequestAborted).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            await ApiProblem.WriteAsync(context, e).ConfigureAwait(false);
        }
    }));

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var snapshot = new MetricSnapshot(sources, cancellationToken);
        context.Response.ContentType = MetricsText.ContentType;
        await context.Response.WriteAsync(MetricsText.Write(MetricRows.All, snapshot), cancellationToken).ConfigureAwait(false);
    }
}

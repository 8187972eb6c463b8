using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Throughline.Dashboard.Internal.Journeys.Exports;
using Throughline.Dashboard.Internal.Journeys.Payload;
using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Hosting;

namespace Throughline.Dashboard.Internal.Journeys;

/// <summary>What a journey's page asks for besides pages: all rows at once, and the journey as a file.</summary>
internal sealed class JourneyEndpoints(PageServices server, RecentJourneys journeys)
{
    private const string RowsPath = "/journeys/{traceId}/rows";
    private const string ExportPath = "/journeys/{traceId}/export";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(RowsPath, (RequestDelegate)(context => AnswerAsync(context, null, SendRowsAsync)));
        endpoints.MapGet(ExportPath, (RequestDelegate)(context => AnswerAsync(context, RecentJourneys.WhileLookedAt, ExportAsync)));
    }

    private async Task AnswerAsync(
        HttpContext context, TimeSpan? ageMax, Func<HttpContext, LaidOutJourney, CancellationToken, Task> answer)
    {
        PageHeaders.Set(context.Response);
        try
        {
            await server.Gate.RunAsync(
                async aborted =>
                {
                    if (!JourneyAsked.TryRead(ApiRequest.InPath(context.Request, "traceId"), context.Request.Query["of"], out var asked))
                    {
                        throw new ApiException(StatusCodes.Status400BadRequest, "a journey's address has a trace's id of 32 hex digits; of takes a span's of 16");
                    }

                    var journey = await journeys.ReadAsync(server.Api, asked, ageMax, aborted).ConfigureAwait(false)
                        ?? throw ApiException.NotFound($"there is no span of trace {asked.Trace}");
                    await answer(context, journey, aborted).ConfigureAwait(false);
                },
                context.RequestAborted).ConfigureAwait(false);
        }
        catch (ApiException e) when (!context.Response.HasStarted)
        {
            await ApiProblem.WriteAsync(context, e).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
    }

    private static async Task SendRowsAsync(HttpContext context, LaidOutJourney journey, CancellationToken aborted)
    {
        var rows = RowPayload.Of(journey);
        context.Response.ContentType = "application/octet-stream";

        // Within one machine it costs more than it saves.
        if (context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            || !context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.ContentLength = rows.Length;
            await context.Response.Body.WriteAsync(rows, aborted).ConfigureAwait(false);
            return;
        }

        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.Headers.Vary = "Accept-Encoding";
        var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await using (gzip.ConfigureAwait(false))
        {
            await gzip.WriteAsync(rows, aborted).ConfigureAwait(false);
        }
    }

    private static Task ExportAsync(HttpContext context, LaidOutJourney journey, CancellationToken aborted)
    {
        var form = context.Request.Query["as"].ToString();
        var export = JourneyExports.All.FirstOrDefault(one => one.Name == form)
            ?? throw new ApiException(
                StatusCodes.Status400BadRequest, $"as is '{form}'; allowed is {string.Join(", ", JourneyExports.All.Select(one => one.Name))}");
        context.Response.ContentType = export.ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"journey-{journey.Journey.Spans[0].Facts.TraceId}.{export.Extension}\"";
        return export.WriteAsync(context.Response.BodyWriter, journey, aborted);
    }
}

using Throughline.Server.Internal.Api.Views;

namespace Throughline.Server.Internal.Api.Endpoints;

/// <summary>One trace.</summary>
internal sealed class TraceEndpoint(ApiServices services)
{
    private const int LogsMax = 10_000;
    private const int LinkedMax = 1_000;

    public ApiRoute Route => new(
        "/traces/{traceId}",
        "trace",
        "All spans of a trace, also those that are not settled, with its logs and with the spans elsewhere that link to it.",
        [Parameters.TraceId],
        ApiJson.Of<TraceView>(),
        HandleAsync);

    private async ValueTask<object> HandleAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var id = request.Trace(Parameters.TraceId);
        var trace = await services.Traces.ReadAsync(id, cancellationToken).ConfigureAwait(false)
                    ?? throw ApiException.NotFound($"there is no span of trace {id}");
        var logs = services.Store.Logs(id, LogsMax, cancellationToken);
        var linked = services.Store.LinkedTo(id, LinkedMax, cancellationToken);
        return new TraceView(
            id.ToString(),
            [.. trace.Spans.Select(s => s.Facts.Source.Service).Distinct(StringComparer.Ordinal)],
            UnixTime.Rfc3339(trace.StartUnixNs),
            trace.DurationNs,
            [.. trace.Spans.Select(SpanView.Of)],
            [.. logs.OrderBy(l => l.Facts.TimeUnixNs).Select(LogView.Of)],
            [.. linked.Where(s => s.Facts.TraceId != id).Select(s => SpanSummaryView.Of(s.Facts))],
            trace.IsSettled,
            trace.IsCutShort);
    }
}

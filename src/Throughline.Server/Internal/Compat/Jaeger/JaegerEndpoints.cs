using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Otlp.Json;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Traces;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Compat.Jaeger;

/// <summary>What Jaeger's UI and Grafana's data source for Jaeger ask: its first API, and the third.</summary>
internal sealed class JaegerEndpoints(ApiServices services, QueryGate gate)
{
    public const string Prefix = "/jaeger";

    private const int ServicesMax = 10_000;
    private const int SpansForOperationsMax = 10_000;
    private const long NsPerMs = 1_000_000;
    private static readonly TimeSpan DependencyLookback = TimeSpan.FromDays(1);

    private readonly Surface _v1 = new(Prefix, gate, JaegerEnvelope.RefuseAsync);
    private readonly Surface _v3 = new(Prefix, gate, JaegerEnvelope.RefuseV3Async);
    private readonly SpanReader _spans = new(services.Store, services.Time, services.WorkMax);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        _v1.Get(endpoints, "/api/services", ServicesAsync);
        _v1.Get(endpoints, "/api/services/{service}/operations", OperationNamesAsync);
        _v1.Get(endpoints, "/api/operations", OperationsAsync);
        _v1.Get(endpoints, "/api/traces", TracesAsync);
        _v1.Get(endpoints, "/api/traces/{traceId}", TraceAsync);
        _v1.Get(endpoints, "/api/dependencies", DependenciesAsync);
        _v3.Get(endpoints, "/api/v3/services", ServicesV3Async);
        _v3.Get(endpoints, "/api/v3/operations", OperationsV3Async);
        _v3.Get(endpoints, "/api/v3/traces", TracesV3Async);
        _v3.Get(endpoints, "/api/v3/traces/{traceId}", TraceV3Async);
    }

    private IReadOnlyList<string> ServiceNames(CancellationToken cancellationToken) =>
        services.Store.Values(new Field(WellKnownField.Service), TimeRange.All, ServicesMax, cancellationToken);

    private Task ServicesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var names = ServiceNames(cancellationToken);
        return JaegerEnvelope.WriteAsync(context, names.Count, json => Answers.Texts(json, names), cancellationToken);
    }

    private Task ServicesV3Async(HttpContext context, CancellationToken cancellationToken) => Answers.JsonAsync(
        context,
        json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("services"u8);
            Answers.Texts(json, ServiceNames(cancellationToken));
            json.WriteEndObject();
        },
        cancellationToken);

    /// <summary>Among the newest spans of the service: a store has no index of pairs.</summary>
    private List<(string Name, string Kind)> Operations(string service, string? kind, CancellationToken cancellationToken) =>
    [
        .. _spans.NewestOf(service, SpansForOperationsMax, cancellationToken)
            .Select(s => (s.Facts.Name, Kind: s.Facts.Kind == SpanKind.Unspecified ? "" : MessagingView.Lower(s.Facts.Kind)))
            .Where(o => kind is null || o.Kind == kind)
            .Distinct(),
    ];

    private Task OperationNamesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var service = ApiRequest.InPath(context.Request, "service")!;
        var names = Operations(service, null, cancellationToken).Select(o => o.Name).Distinct(StringComparer.Ordinal).ToList();
        return JaegerEnvelope.WriteAsync(
            context,
            names.Count,
            json =>
            {
                if (names.Count == 0)
                {
                    json.WriteNullValue();
                }
                else
                {
                    Answers.Texts(json, names);
                }
            },
            cancellationToken);
    }

    private Task OperationsAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(context.Request.Query);
        var service = arguments.Required("service", _ => "parameter 'service' is required");
        var operations = Operations(service, arguments.Text("spanKind"), cancellationToken);
        return JaegerEnvelope.WriteAsync(context, operations.Count, json => Write(json, operations, isEmptyKindLeftOut: false), cancellationToken);
    }

    private Task OperationsV3Async(HttpContext context, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(context.Request.Query);
        var operations = arguments.Text("service") is { } service
            ? Operations(service, arguments.Text("spanKind", "span_kind"), cancellationToken)
            : [];
        return Answers.JsonAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("operations"u8);
                Write(json, operations, isEmptyKindLeftOut: true);
                json.WriteEndObject();
            },
            cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, List<(string Name, string Kind)> operations, bool isEmptyKindLeftOut)
    {
        json.WriteStartArray();
        foreach (var (name, kind) in operations)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            if (kind.Length > 0 || !isEmptyKindLeftOut)
            {
                json.WriteString("spanKind"u8, kind);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private async Task TracesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(context.Request.Query);
        var ids = arguments.Texts("traceID").ToList();
        var traces = ids.Count > 0
            ? await ByIdsAsync(ids, cancellationToken).ConfigureAwait(false)
            : Find(JaegerTraceQuery.Read(arguments, services.Time), cancellationToken);
        await JaegerEnvelope.WriteAsync(context, 0, json => Write(json, traces), cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<FoundTrace> Find(JaegerTraceQuery query, CancellationToken cancellationToken) =>
    [
        .. services.Search.Find(query.Where, query.Range, query.Limit, isWanted: null, services.WorkMax, cancellationToken)
            .Select(t => t.Trace),
    ];

    private async Task<IReadOnlyList<FoundTrace>> ByIdsAsync(List<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<FoundTrace>();
        foreach (var id in ids)
        {
            var trace = TraceId.TryParse(id, out var parsed) ? parsed : throw Arguments.Refused($"malformed trace id '{id}'");
            if (await services.Traces.ReadAsync(trace, cancellationToken).ConfigureAwait(false) is { } one)
            {
                found.Add(one);
            }
        }

        return found;
    }

    private async Task TraceAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var id = Arguments.Trace(context, text => $"malformed trace id '{text}': 1 to 32 hex digits are expected");
        var trace = await services.Traces.ReadAsync(id, cancellationToken).ConfigureAwait(false)
                    ?? throw ApiException.NotFound("trace not found");
        await JaegerEnvelope.WriteAsync(context, 0, json => Write(json, [trace]), cancellationToken).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<FoundTrace> traces)
    {
        json.WriteStartArray();
        foreach (var trace in traces)
        {
            JaegerTraceWriter.Write(json, trace);
        }

        json.WriteEndArray();
    }

    private Task TracesV3Async(HttpContext context, CancellationToken cancellationToken)
    {
        var traces = Find(JaegerTraceQuery.ReadV3(new Arguments(context.Request.Query)), cancellationToken);
        return traces.Count > 0
            ? WriteV3Async(context, traces.SelectMany(t => t.Spans), cancellationToken)
            : throw ApiException.NotFound("No traces found");
    }

    private async Task TraceV3Async(HttpContext context, CancellationToken cancellationToken)
    {
        var id = Arguments.Trace(context, text => $"malformed parameter trace_id: '{text}' is not 1 to 32 hex digits");
        var trace = await services.Traces.ReadAsync(id, cancellationToken).ConfigureAwait(false)
                    ?? throw ApiException.NotFound("No traces found");
        await WriteV3Async(context, trace.Spans, cancellationToken).ConfigureAwait(false);
    }

    private static Task WriteV3Async(HttpContext context, IEnumerable<StoredSpan> spans, CancellationToken cancellationToken) =>
        Answers.JsonAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("result"u8);
                OtlpJsonWriter.Traces(json, spans);
                json.WriteEndObject();
            },
            cancellationToken);

    private Task DependenciesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(context.Request.Query);
        var to = arguments.Number("endTs", long.MaxValue / NsPerMs) * NsPerMs ?? UnixTime.Of(services.Time.GetUtcNow());
        var lookback = arguments.Number("lookback", long.MaxValue / NsPerMs) * NsPerMs
                       ?? (long)DependencyLookback.TotalMilliseconds * NsPerMs;
        var service = arguments.Text("service");
        var links = new Dependencies(_spans).OfParents(new TimeRange(to - lookback, to + 1), cancellationToken)
            .Where(l => service is null || l.Parent == service || l.Child == service)
            .ToList();
        return JaegerEnvelope.WriteAsync(context, 0, json => Dependencies.Write(json, links), cancellationToken);
    }
}

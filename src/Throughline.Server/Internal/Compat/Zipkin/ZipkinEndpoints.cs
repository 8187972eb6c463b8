using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Traces;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Compat.Zipkin;

/// <summary>What Zipkin's UI and Grafana's data source for Zipkin ask: the second version of its API.</summary>
internal sealed class ZipkinEndpoints(ApiServices services, QueryGate gate)
{
    public const string Prefix = "/zipkin";

    private const string ErrorType = "text/plain; charset=utf-8";
    private const int ServicesMax = 10_000;
    private const int SpansForNamesMax = 10_000;
    private const int KeysMax = 100;
    private const int ValuesMax = 1_000;
    private const int TracesAtOnceMax = 100;

    private readonly Surface _surface = new(Prefix, gate, (context, e) => Answers.TextAsync(context, ErrorType, e.Message));
    private readonly SpanReader _spans = new(services.Store, services.Time, services.WorkMax);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        _surface.Get(endpoints, "/api/v2/services", ServicesAsync);
        _surface.Get(endpoints, "/api/v2/spans", SpanNamesAsync);
        _surface.Get(endpoints, "/api/v2/remoteServices", RemoteServicesAsync);
        _surface.Get(endpoints, "/api/v2/traces", TracesAsync);
        _surface.Get(endpoints, "/api/v2/traceMany", TraceManyAsync);
        _surface.Get(endpoints, "/api/v2/trace/{traceId}", TraceAsync);
        _surface.Get(endpoints, "/api/v2/dependencies", DependenciesAsync);
        _surface.Get(endpoints, "/api/v2/autocompleteKeys", KeysAsync);
        _surface.Get(endpoints, "/api/v2/autocompleteValues", ValuesAsync);
    }

    private static string Missing(string name) => $"Mandatory parameter/header/attribute is missing: {name}";

    private static Task NamesAsync(HttpContext context, IEnumerable<string> names, CancellationToken cancellationToken) =>
        Answers.JsonAsync(
            context,
            json => Answers.Texts(json, names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            cancellationToken);

    private Task ServicesAsync(HttpContext context, CancellationToken cancellationToken) => NamesAsync(
        context,
        services.Store.Values(new Field(WellKnownField.Service), TimeRange.All, ServicesMax, cancellationToken)
            .Select(s => s.ToLowerInvariant()),
        cancellationToken);

    private Task SpanNamesAsync(HttpContext context, CancellationToken cancellationToken) => NamesAsync(
        context,
        OfService(context, cancellationToken).Select(s => s.Facts.Name.ToLowerInvariant()).Where(n => n.Length > 0),
        cancellationToken);

    private Task RemoteServicesAsync(HttpContext context, CancellationToken cancellationToken) => NamesAsync(
        context,
        OfService(context, cancellationToken).Select(s => ZipkinPeer.Remote(s)?.Service).OfType<string>(),
        cancellationToken);

    private IEnumerable<StoredSpan> OfService(HttpContext context, CancellationToken cancellationToken)
    {
        var service = new Arguments(context.Request.Query).Required("serviceName", Missing);
        return _spans.Spellings(WellKnownField.Service, service, cancellationToken)
            .SelectMany(s => _spans.NewestOf(s, SpansForNamesMax, cancellationToken));
    }

    private Task TracesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var query = new ZipkinTraceQuery(new Arguments(context.Request.Query), services.Time);
        var found = services.Search
            .Find(query.Seed(_spans, cancellationToken), query.Range, query.Limit, query.IsWanted, services.WorkMax, cancellationToken)
            .Select(t => t.Trace)
            .OrderByDescending(t => t.Root.StartUnixNs)
            .ToList();
        return Answers.JsonAsync(context, json => Write(json, found), cancellationToken);
    }

    private async Task TraceAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var id = Arguments.Trace(context, text => $"{text} should be lower-hex encoded with no prefix");
        var trace = await services.Traces.ReadAsync(id, cancellationToken).ConfigureAwait(false)
                    ?? throw ApiException.NotFound($"{Jaeger.JaegerIds.Of(id)} not found");
        await Answers.JsonAsync(context, json => Write(json, trace), cancellationToken).ConfigureAwait(false);
    }

    private async Task TraceManyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var ids = (new Arguments(context.Request.Query).Text("traceIds") ?? throw Arguments.Refused("traceIds parameter is empty"))
            .Split(',', StringSplitOptions.TrimEntries);
        if (ids.Length is 1 or > TracesAtOnceMax)
        {
            throw Arguments.Refused(ids.Length == 1
                ? "Use /api/v2/trace/{traceId} endpoint to retrieve a single trace"
                : $"there are {ids.Length} traceIds; at most {TracesAtOnceMax} are allowed");
        }

        var found = new List<FoundTrace>();
        foreach (var text in ids)
        {
            var id = TraceId.TryParse(text, out var parsed)
                ? parsed
                : throw Arguments.Refused($"{text} should be lower-hex encoded with no prefix");
            if (await services.Traces.ReadAsync(id, cancellationToken).ConfigureAwait(false) is { } trace)
            {
                found.Add(trace);
            }
        }

        await Answers.JsonAsync(context, json => Write(json, found), cancellationToken).ConfigureAwait(false);
    }

    private Task DependenciesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var arguments = new Arguments(context.Request.Query);
        _ = arguments.Required("endTs", Missing);
        var links = Dependencies.Count(_spans
            .Newest(where: null, ZipkinTraceQuery.RangeOf(arguments, services.Time), Dependencies.SpansMax, cancellationToken)
            .GroupBy(s => s.Facts.TraceId)
            .SelectMany(t => ZipkinLinks.Of([.. t.DistinctBy(s => s.Facts.Identity)])));
        return Answers.JsonAsync(context, json => Dependencies.Write(json, links), cancellationToken);
    }

    private Task KeysAsync(HttpContext context, CancellationToken cancellationToken) =>
        NamesAsync(context, services.Store.AttributeNames(TimeRange.All, KeysMax, cancellationToken), cancellationToken);

    private Task ValuesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var key = new Arguments(context.Request.Query).Required("key", Missing);
        var field = new Field(WellKnownField.Attribute, key, AttributeScope.Span);
        return NamesAsync(context, services.Store.Values(field, TimeRange.All, ValuesMax, cancellationToken), cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<FoundTrace> traces)
    {
        json.WriteStartArray();
        foreach (var trace in traces)
        {
            Write(json, trace);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, FoundTrace trace)
    {
        json.WriteStartArray();
        foreach (var span in trace.Spans)
        {
            ZipkinSpanWriter.Write(json, span);
        }

        json.WriteEndArray();
    }
}

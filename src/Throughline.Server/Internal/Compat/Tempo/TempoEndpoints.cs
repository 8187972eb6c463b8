using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Api.Endpoints;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Traces;

namespace Throughline.Server.Internal.Compat.Tempo;

/// <summary>What Grafana's data source for Tempo asks, and what guides show.</summary>
internal sealed class TempoEndpoints(ApiServices services, QueryGate gate, int bodyBytesMax)
{
    public const string Prefix = "/tempo";

    private const string TextType = "text/plain; charset=utf-8";
    private const int NamesMax = 1_000;
    private const int ValuesMax = 1_000;
    private const int SpansForScopesMax = 2_000;

    private readonly Surface _surface = new(Prefix, gate, RefuseAsync);
    private readonly SpanReader _spans = new(services.Store, services.Time, services.WorkMax);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        _surface.Get(endpoints, "/api/echo", (context, _) => Answers.TextAsync(context, TextType, "echo"));
        _surface.Get(endpoints, "/api/status/buildinfo", BuildInfoAsync);
        _surface.Get(endpoints, "/api/search", SearchAsync);
        _surface.Post(endpoints, "/api/search", SearchAsync);
        _surface.Get(endpoints, "/api/traces/{traceId}", (context, stop) => TraceAsync(context, isV2: false, stop));
        _surface.Get(endpoints, "/api/v2/traces/{traceId}", (context, stop) => TraceAsync(context, isV2: true, stop));
        _surface.Get(endpoints, "/api/search/tags", TagsAsync);
        _surface.Get(endpoints, "/api/v2/search/tags", TagsV2Async);
        _surface.Get(endpoints, "/api/search/tag/{tag}/values", ValuesAsync);
        _surface.Get(endpoints, "/api/v2/search/tag/{tag}/values", ValuesV2Async);
    }

    /// <summary>As text; a trace that is not there has nothing to be said of it.</summary>
    private static Task RefuseAsync(HttpContext context, ApiException e) => e.Status == StatusCodes.Status404NotFound
        ? Task.CompletedTask
        : Answers.TextAsync(context, TextType, e.Message);

    private static Task BuildInfoAsync(HttpContext context, CancellationToken cancellationToken) => Answers.JsonAsync(
        context,
        json =>
        {
            json.WriteStartObject();
            json.WriteString("version"u8, StatusEndpoint.Version);
            json.WriteString("revision"u8, ""u8);
            json.WriteString("branch"u8, ""u8);
            json.WriteString("buildUser"u8, ""u8);
            json.WriteString("buildDate"u8, ""u8);
            json.WriteString("goVersion"u8, ""u8);
            json.WriteEndObject();
        },
        cancellationToken);

    private async Task SearchAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = await TempoSearchBody.ReadAsync(context.Request, bodyBytesMax, cancellationToken).ConfigureAwait(false);
        var found = services.Search.Find(
            request.Where, request.Range, request.Limit, trace => IsWanted(trace, request), services.WorkMax, cancellationToken);
        await Answers.JsonAsync(context, json => new TempoSearchWriter(request).Write(json, found), cancellationToken)
            .ConfigureAwait(false);
    }

    private static bool IsWanted(FoundTrace trace, TempoSearchRequest request) =>
        !(trace.DurationNs < request.MinDurationNs) && !(trace.DurationNs > request.MaxDurationNs);

    private async Task TraceAsync(HttpContext context, bool isV2, CancellationToken cancellationToken)
    {
        var id = Arguments.Trace(context, text => $"trace IDs can only contain hex characters: invalid trace ID '{text}'");
        var trace = await services.Traces.ReadAsync(id, cancellationToken).ConfigureAwait(false)
                    ?? throw ApiException.NotFound("trace not found");
        await TempoTraceWriter.WriteAsync(context, trace, isV2, cancellationToken).ConfigureAwait(false);
    }

    private static TimeRange RangeOf(HttpContext context)
    {
        var arguments = new Arguments(context.Request.Query);
        return TempoSearchRequest.RangeOf(arguments.Text("start"), arguments.Text("end"));
    }

    private static int LimitOf(HttpContext context, int max) =>
        (int)Math.Min(new Arguments(context.Request.Query).Number("limit") is { } limit and > 0 ? limit : max, max);

    /// <summary>The names of each scope that was asked for.</summary>
    private List<(string Scope, IReadOnlyList<string> Names)> Scopes(HttpContext context, CancellationToken cancellationToken)
    {
        var scope = new Arguments(context.Request.Query).Text("scope") ?? "all";
        if (scope is not ("all" or "none" or "span" or "resource" or "intrinsic" or "event" or "link" or "instrumentation"))
        {
            throw Arguments.Refused($"invalid scope: {scope}");
        }

        var range = RangeOf(context);
        var limit = LimitOf(context, NamesMax);
        var names = scope is "intrinsic" or "event" or "link" or "instrumentation"
            ? []
            : services.Store.AttributeNames(range, limit, cancellationToken);
        var ofResources = ResourceNames(range, cancellationToken);
        var all = new List<(string, IReadOnlyList<string>)>();
        if (scope is "all" or "none" or "resource")
        {
            all.Add(("resource", [.. names.Where(ofResources.Contains)]));
        }

        if (scope is "all" or "none" or "span")
        {
            all.Add(("span", [.. names.Where(n => !ofResources.Contains(n))]));
        }

        if (scope is "all" or "none" or "intrinsic")
        {
            all.Add(("intrinsic", TempoTags.Intrinsics));
        }

        return all;
    }

    /// <summary>Which names are resources': those that the newest spans' resources have.</summary>
    private HashSet<string> ResourceNames(TimeRange range, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in _spans.Newest(where: null, range, SpansForScopesMax, cancellationToken).Select(s => s.Facts.Source).Distinct())
        {
            foreach (var attribute in OtlpSpan.ResourceAttributes(source.ResourceBytes.Span))
            {
                names.Add(Encoding.UTF8.GetString(attribute.Key));
            }
        }

        return names;
    }

    private Task TagsAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var isIntrinsic = new Arguments(context.Request.Query).Text("scope") == "intrinsic";
        var names = Scopes(context, cancellationToken)
            .Where(s => isIntrinsic || s.Scope != "intrinsic")
            .SelectMany(s => s.Names)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return AnswerAsync(context, "tagNames", json => Answers.Texts(json, names), cancellationToken);
    }

    private Task TagsV2Async(HttpContext context, CancellationToken cancellationToken)
    {
        var scopes = Scopes(context, cancellationToken);
        return AnswerAsync(
            context,
            "scopes",
            json =>
            {
                json.WriteStartArray();
                foreach (var (scope, names) in scopes)
                {
                    json.WriteStartObject();
                    json.WriteString("name"u8, scope);
                    json.WritePropertyName("tags"u8);
                    Answers.Texts(json, names.Order(StringComparer.Ordinal));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            },
            cancellationToken);
    }

    private static string TagOf(HttpContext context) => ApiRequest.InPath(context.Request, "tag")!;

    private IReadOnlyList<string> ValuesOf(Field? field, HttpContext context, CancellationToken cancellationToken) => field switch
    {
        null => [],
        { } known when FieldNames.Of(known.Known) is { Type: FieldType.Word } words => words.Words,
        { } other => services.Store.Values(other, RangeOf(context), LimitOf(context, ValuesMax), cancellationToken),
    };

    private Task ValuesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var values = ValuesOf(TempoTags.Plain(TagOf(context)), context, cancellationToken);
        return AnswerAsync(context, "tagValues", json => Answers.Texts(json, values), cancellationToken);
    }

    private Task ValuesV2Async(HttpContext context, CancellationToken cancellationToken)
    {
        var field = TempoTags.Scoped(TagOf(context));
        var values = ValuesOf(field, context, cancellationToken);
        return AnswerAsync(
            context,
            "tagValues",
            json =>
            {
                json.WriteStartArray();
                foreach (var value in values)
                {
                    json.WriteStartObject();
                    json.WriteString("type"u8, TempoTags.TypeOf(field!.Value, value));
                    json.WriteString("value"u8, value);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            },
            cancellationToken);
    }

    private static Task AnswerAsync(
        HttpContext context, string property, Action<Utf8JsonWriter> write, CancellationToken cancellationToken) => Answers.JsonAsync(
        context,
        json =>
        {
            json.WriteStartObject();
            json.WritePropertyName(property);
            write(json);
            json.WriteStartObject("metrics"u8);
            json.WriteEndObject();
            json.WriteEndObject();
        },
        cancellationToken);
}

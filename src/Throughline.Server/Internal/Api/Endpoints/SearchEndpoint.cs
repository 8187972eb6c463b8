using Microsoft.AspNetCore.Http;
using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Tags;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Api.Endpoints;

/// <summary>Spans by what they are and say.</summary>
internal sealed class SearchEndpoint(ApiServices services)
{
    private static readonly ApiParameter Name = new("name", ParameterType.Text, "The span's name.");
    private static readonly ApiParameter Key = new("key", ParameterType.Text, "The record's key, where it was captured.");
    private static readonly ApiParameter Operation = Parameters.Words(WellKnownField.Operation);
    private static readonly ApiParameter Kind = Parameters.Words(WellKnownField.Kind);
    private static readonly ApiParameter Status = Parameters.Words(WellKnownField.Status);
    private static readonly ApiParameter MinDuration = new("minDuration", ParameterType.Duration, "Spans that take at least this.");
    private static readonly ApiParameter MaxDuration = new("maxDuration", ParameterType.Duration, "Spans that take at most this.");
    private static readonly ApiParameter MinLag = new("minLag", ParameterType.Duration, "Records that waited at least this.");
    private static readonly ApiParameter MaxLag = new("maxLag", ParameterType.Duration, "Records that waited at most this.");

    private static readonly ApiParameter Attribute =
        new("attribute", ParameterType.Pair, "An attribute and its value, as name=value.") { Repeats = true };

    private static readonly (ApiParameter Parameter, WellKnownField Field)[] Texts =
    [
        (Parameters.Service, WellKnownField.Service),
        (Name, WellKnownField.Name),
        (Parameters.Topic, WellKnownField.Topic),
        (Parameters.Group, WellKnownField.Group),
        (Key, WellKnownField.Key),
    ];

    private static readonly (ApiParameter Parameter, WellKnownField Field)[] Words =
        [(Operation, WellKnownField.Operation), (Kind, WellKnownField.Kind), (Status, WellKnownField.Status)];

    private static readonly (ApiParameter Parameter, WellKnownField Field)[] Numbers =
        [(Parameters.Partition, WellKnownField.Partition), (Parameters.Offset, WellKnownField.Offset)];

    private static readonly (ApiParameter Parameter, WellKnownField Field, Comparison Comparison)[] Durations =
    [
        (MinDuration, WellKnownField.Duration, Comparison.GreaterOrEqual),
        (MaxDuration, WellKnownField.Duration, Comparison.LessOrEqual),
        (MinLag, WellKnownField.Lag, Comparison.GreaterOrEqual),
        (MaxLag, WellKnownField.Lag, Comparison.LessOrEqual),
    ];

    public ApiRoute Route => new(
        "/search",
        "search",
        "Spans that fulfil the query and every other filter, newest first.",
        [
            Parameters.Query, .. Texts.Select(t => t.Parameter), .. Words.Select(w => w.Parameter),
            .. Numbers.Select(n => n.Parameter), .. Durations.Select(d => d.Parameter), Attribute,
            Parameters.From, Parameters.To, Parameters.Limit, Parameters.Cursor,
        ],
        ApiJson.Of<SearchView>(),
        ApiRoute.Now(Handle));

    private SearchView Handle(ApiRequest request, CancellationToken cancellationToken)
    {
        var where = TagConditions.All([.. Conditions(request)]);
        var cursor = request.Text(Parameters.Cursor);
        var search = new SearchRequest(
            where,
            request.Range(Parameters.From, Parameters.To),
            (int)request.Integer(Parameters.Limit)!.Value,
            cursor,
            services.WorkMax);
        var page = Page(search, cancellationToken);
        return new SearchView(
            QueryPrinter.Print(where),
            [.. page.Spans.Select(s => SpanSummaryView.Of(s.Facts))],
            page.Cursor,
            page.IsCutShort,
            page.SpansExamined);
    }

    private SearchPage Page(SearchRequest search, CancellationToken cancellationToken)
    {
        try
        {
            return services.Store.Search(search, cancellationToken);
        }
        catch (ArgumentException e) when (search.Cursor is not null)
        {
            throw new ApiException(StatusCodes.Status400BadRequest, $"cursor is not one that this server gave: pass on what the page before gave", e)
            {
                Parameter = Parameters.Cursor.Name,
                Value = search.Cursor,
                Allowed = "a cursor from the answer before",
            };
        }
    }

    private static IEnumerable<Condition> Conditions(ApiRequest request)
    {
        if (Queries.Own(request, Parameters.Query) is { } own)
        {
            yield return own;
        }

        foreach (var (parameter, field) in Texts)
        {
            if (request.Text(parameter) is { } text)
            {
                yield return TagConditions.Text(field, text);
            }
        }

        foreach (var (parameter, field) in Words)
        {
            if (request.Word(parameter) is { } word)
            {
                yield return TagConditions.Text(field, word);
            }
        }

        foreach (var (parameter, field) in Numbers)
        {
            if (request.Integer(parameter) is { } number)
            {
                yield return TagConditions.Number(field, Comparison.Equal, number);
            }
        }

        foreach (var (parameter, field, comparison) in Durations)
        {
            if (request.Duration(parameter) is { } nanoseconds)
            {
                yield return TagConditions.Duration(field, comparison, nanoseconds);
            }
        }

        foreach (var pair in request.Texts(Attribute))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals > 0
                ? TagConditions.Of(pair[..equals], pair[(equals + 1)..])
                : throw ApiException.Wrong(Attribute, pair);
        }
    }
}

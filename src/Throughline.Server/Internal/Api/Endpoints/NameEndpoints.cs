using Throughline.Server.Internal.Api.Views;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;

namespace Throughline.Server.Internal.Api.Endpoints;

/// <summary>What spans have: names of attributes, values of fields, and what may come next in a query.</summary>
internal sealed class NameEndpoints(ApiServices services)
{
    private static readonly ApiParameter Tag =
        new("tag", ParameterType.Text, "A field of the query language, or an attribute.") { IsInPath = true, IsRequired = true };

    private static readonly ApiParameter Caret =
        new("caret", ParameterType.Integer, "Where in the query, from 0; its end without.") { Max = QueryLimits.LengthMax };

    private static readonly ApiParameter Limit = Parameters.Limit with { Max = 10_000, Default = 1_000 };
    private static readonly ApiParameter CandidateLimit = Parameters.Limit with { Max = 200, Default = 20 };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new(
            "/tags",
            "tags",
            "Names of attributes that stored spans and their resources have.",
            [Parameters.From, Parameters.To, Limit],
            ApiJson.Of<NamesView>(),
            ApiRoute.Now((request, cancellationToken) => new NamesView(services.Store.AttributeNames(
                request.Range(Parameters.From, Parameters.To), LimitOf(request, Limit), cancellationToken)))),
        new(
            "/tags/{tag}/values",
            "tagValues",
            "Values that a field or attribute has in stored spans.",
            [Tag, Parameters.From, Parameters.To, Limit],
            ApiJson.Of<NamesView>(),
            ApiRoute.Now((request, cancellationToken) => new NamesView(services.Store.Values(
                FieldReader.Named(request.Text(Tag)!),
                request.Range(Parameters.From, Parameters.To),
                LimitOf(request, Limit),
                cancellationToken)))),
        new(
            "/complete",
            "complete",
            "What may come next in a query: fields, comparisons, values from the store.",
            [Parameters.Query, Caret, Parameters.From, Parameters.To, CandidateLimit],
            ApiJson.Of<CompletionView>(),
            ApiRoute.Now(Complete)),
    ];

    private CompletionView Complete(ApiRequest request, CancellationToken cancellationToken)
    {
        var text = request.Text(Parameters.Query) ?? "";
        var candidates = services.Completer.Complete(
            text,
            (int)(request.Integer(Caret) ?? text.Length),
            request.Range(Parameters.From, Parameters.To),
            LimitOf(request, CandidateLimit),
            cancellationToken);
        return new CompletionView(
            candidates.From, candidates.To, candidates.Items, candidates.Error?.Message, candidates.Error?.Column);
    }

    private static int LimitOf(ApiRequest request, ApiParameter limit) => (int)request.Integer(limit)!.Value;
}

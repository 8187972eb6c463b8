using Throughline.Dashboard.Internal.Shell;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Tags;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>What words may mean that are neither a query nor anybody's key.</summary>
internal static class WordLookup
{
    private const int ValuesMax = 1000;
    private const int OffersMax = 6;

    private static readonly WellKnownField[] Fields =
        [WellKnownField.Service, WellKnownField.Topic, WellKnownField.Group, WellKnownField.ErrorType, WellKnownField.Name, WellKnownField.Key];

    public static Condition KeyIs(string text) => TagConditions.Text(WellKnownField.Key, text);

    /// <summary>Queries that find something, the likeliest first.</summary>
    public static IReadOnlyList<string> Offers(PageRequest request, string text)
    {
        var offers = Fields
            .SelectMany(field => request.Server.Api.Store
                .Values(new Field(field), request.Range.Time, ValuesMax, request.Aborted)
                .Where(value => value.Contains(text, StringComparison.OrdinalIgnoreCase))
                .Select(value => (Field: field, Value: value)))
            .OrderByDescending(offer => offer.Value.Equals(text, StringComparison.OrdinalIgnoreCase))
            .ThenBy(offer => offer.Value.Length)
            .Take(OffersMax)
            .Select(offer => QueryPrinter.Print(TagConditions.Text(offer.Field, offer.Value)));
        return [.. new[] { OtherSpelling.Of(text) }.OfType<string>(), .. offers];
    }
}

using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Tags;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Internal.Store.Search;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>How often a field has which value in the sample.</summary>
/// <param name="Name">The field's.</param>
/// <param name="Values">The most frequent first.</param>
/// <param name="More">Values that are left out.</param>
internal sealed record Facet(string Name, IReadOnlyList<(string Value, int Count)> Values, int More)
{
    public const int ValuesMax = 8;

    private static readonly (WellKnownField Field, Func<SpanFacts, string?> Of)[] Fields =
    [
        (WellKnownField.Service, span => span.Source.Service),
        (WellKnownField.Topic, span => span.Messaging?.Topic),
        (WellKnownField.Group, span => span.Messaging?.Group),
        (WellKnownField.Operation, span => span.Messaging is { Operation: not MessagingOperation.None } m ? FieldWords.Of(m.Operation) : null),
        (WellKnownField.Status, span => FieldWords.Of(span.Status)),
        (WellKnownField.ErrorType, span => span.ErrorType),
    ];

    /// <summary>Of all fields that have a value in the sample.</summary>
    public static IReadOnlyList<Facet> All(IReadOnlyList<StoredSpan> sample)
    {
        var facets = new List<Facet>();
        foreach (var (field, of) in Fields)
        {
            var values = sample
                .Select(span => of(span.Facts))
                .OfType<string>()
                .Where(value => value.Length > 0)
                .CountBy(value => value, StringComparer.Ordinal)
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => (pair.Key, pair.Value))
                .ToList();
            if (values.Count > 0)
            {
                facets.Add(new Facet(FieldNames.Of(field)!.Name, values.Count > ValuesMax ? values[..ValuesMax] : values, Math.Max(0, values.Count - ValuesMax)));
            }
        }

        return facets;
    }

    /// <summary>The query with one more condition; or without it, where it has that already.</summary>
    public static string Toggled(Condition? where, string name, string value)
    {
        var one = ConditionOf(name, value);
        IReadOnlyList<Condition> all = where switch
        {
            null => [],
            Condition.And and => and.All,
            _ => [where],
        };
        return QueryPrinter.Print(TagConditions.All(all.Contains(one) ? [.. all.Where(part => part != one)] : [.. all, one]));
    }

    public static bool IsIn(Condition? where, string name, string value)
    {
        var one = ConditionOf(name, value);
        return where == one || (where is Condition.And and && and.All.Contains(one));
    }

    private static Condition ConditionOf(string name, string value) => TagConditions.Text(FieldNames.Find(name)!.Known, value);
}

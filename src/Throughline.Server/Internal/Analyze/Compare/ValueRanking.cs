using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;

namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>Which values tell the sides apart.</summary>
/// <param name="tallies">What was counted.</param>
/// <param name="isBySlow">The sides are the slow ones and the others: being slow explains nothing more.</param>
internal sealed class ValueRanking(ValueTallies tallies, bool isBySlow)
{
    public const string Rule =
        "shares of a sample of each side; a value is shown where the 99.9 % interval of the difference of its shares (Newcombe's, "
        + "from Wilson's) is on one side of zero, or where the sides' shares of slow spans differ less without it, "
        + "which comes first; then the largest certain difference; "
        + "values of fewer than 10 spans are left out";

    /// <summary>Rarer values tell of single spans.</summary>
    private const int SpansMin = 10;

    /// <summary>Spans that have to be left on each side to say how it is without a value.</summary>
    private const int LeftMin = 20;

    /// <summary>Of a difference, that a value has to explain to be shown for that alone.</summary>
    private const double ExplainsMin = 0.3;

    private readonly ValueTally _all = tallies.Total;

    /// <summary>Values that were frequent enough.</summary>
    public int Compared { get; private set; }

    /// <summary>Values that differ, those that say most first.</summary>
    /// <param name="own">A field or attribute that makes the sides what they are; null for none.</param>
    public IEnumerable<ComparedValue> Ranked(string? own)
    {
        if (_all.InA == 0 || _all.InB == 0)
        {
            return [];
        }

        var frequent = tallies.Values.Where(pair => pair.Value.InA + pair.Value.InB >= SpansMin).ToList();
        Compared = frequent.Count;
        return frequent
            .GroupBy(pair => (pair.Value.InA, pair.Value.InB, pair.Value.Spans))
            .Select(same => same
                .Where(pair => FieldReader.Print(pair.Key.Field) != own)
                .OrderBy(pair => Rank(pair.Key.Field))
                .ThenBy(pair => FieldReader.Print(pair.Key.Field), StringComparer.Ordinal)
                .ToList())
            .Where(same => same.Count > 0)
            .Select(ValueFrom)
            .Where(IsTelling)
            .OrderByDescending(value => value.Explains >= ExplainsMin ? value.Explains : 0)
            .ThenByDescending(value => value.Difference.AtLeast)
            .ThenByDescending(value => Math.Abs(value.Difference.Value))
            .ThenBy(value => value.Query, StringComparer.Ordinal);
    }

    public static QueryValue ValueOf(Field field, string value) =>
        new(value, FieldNames.TypeOf(field) is FieldType.Any or FieldType.Integer ? ValueReader.NumberOf(value) : null);

    private static bool IsTelling(ComparedValue value) => value.Difference.IsCertain || value.Explains >= ExplainsMin;

    private ComparedValue ValueFrom(List<KeyValuePair<(Field Field, string Value), ValueTally>> same)
    {
        var ((field, value), tally) = same[0];
        return new ComparedValue(
            FieldReader.Print(field),
            value,
            Query(field, value),
            tally.InA,
            tally.InB,
            Estimate.Difference(Estimate.Share(tally.InA, _all.InA), Estimate.Share(tally.InB, _all.InB)),
            isBySlow ? null : Explained(tally),
            Share(tally.SlowA, tally.InA),
            Share(tally.SlowB, tally.InB),
            [.. same.Skip(1).Select(pair => Query(pair.Key.Field, pair.Key.Value))]);
    }

    /// <summary>How much of the difference in slow spans goes away with the spans that have a value; the least that is certain.</summary>
    private double? Explained(ValueTally tally)
    {
        var whole = Difference(_all.SlowA, _all.InA, _all.SlowB, _all.InB);
        var (leftA, leftB) = (_all.InA - tally.InA, _all.InB - tally.InB);
        if (!whole.IsCertain || leftA < LeftMin || leftB < LeftMin)
        {
            return null;
        }

        var without = Difference(_all.SlowA - tally.SlowA, leftA, _all.SlowB - tally.SlowB, leftB);
        var farthest = whole.Value > 0 ? without.High : without.Low;
        return Math.Clamp(1 - (farthest / whole.Value), 0, 1);
    }

    private static Estimate Difference(int slowA, int a, int slowB, int b) =>
        Estimate.Difference(Estimate.Share(slowA, a), Estimate.Share(slowB, b));

    private static double? Share(int some, int all) => all == 0 ? null : some / (double)all;

    private static string Query(Field field, string value) =>
        QueryPrinter.Print(new Condition.Compare(field, Comparison.Equal, ValueOf(field, value)));

    /// <summary>Of the same spans, fields first, then attributes of the span, then of its resource.</summary>
    private static int Rank(Field field) =>
        field.Known != WellKnownField.Attribute ? 0 : field.Scope == AttributeScope.Resource ? 2 : 1;
}

using Throughline.Dashboard.Internal.Shell;
using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Tags;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>What the address says beside the query: bounds of duration and of lag, as the pictures set them.</summary>
/// <param name="Bounds">Those that are there.</param>
internal sealed record SearchNarrowing(IReadOnlyList<SearchNarrowing.Bound> Bounds)
{
    private static readonly (string Name, WellKnownField Field, Comparison Comparison, string Words)[] Known =
    [
        ("minDuration", WellKnownField.Duration, Comparison.GreaterOrEqual, "duration at least"),
        ("maxDuration", WellKnownField.Duration, Comparison.LessOrEqual, "duration at most"),
        ("minLag", WellKnownField.Lag, Comparison.GreaterOrEqual, "lag at least"),
        ("maxLag", WellKnownField.Lag, Comparison.LessOrEqual, "lag at most"),
    ];

    public static SearchNarrowing Read(PageRequest request)
    {
        var bounds = new List<Bound>();
        foreach (var (name, field, comparison, words) in Known)
        {
            if (request.Text(name) is not { } text)
            {
                continue;
            }

            if (DurationText.TryParse(text, out var nanoseconds) && Math.Abs(nanoseconds) < long.MaxValue)
            {
                bounds.Add(new Bound(name, $"{words} {Words.Duration(nanoseconds)}", TagConditions.Duration(field, comparison, (long)nanoseconds)));
            }
            else
            {
                request.AddProblem($"{name} is '{text}': it takes a time such as 500ms; units are {DurationText.Units}. It is left out.");
            }
        }

        return new SearchNarrowing(bounds);
    }

    /// <summary>The query with the bounds; null for every span.</summary>
    public Condition? With(Condition? where)
    {
        IEnumerable<Condition> own = where switch
        {
            null => [],
            Condition.And and => and.All,
            _ => [where],
        };
        return TagConditions.All([.. own, .. Bounds.Select(bound => bound.Condition)]);
    }

    /// <param name="Parameter">Of the address.</param>
    /// <param name="Words">For people.</param>
    /// <param name="Condition">For the store.</param>
    internal sealed record Bound(string Parameter, string Words, Condition Condition);
}

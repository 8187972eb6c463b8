namespace Throughline.Server.Internal.Query.Language;

/// <summary>The signs of comparisons, and which of them a type of field knows.</summary>
internal static class Operators
{
    private static readonly (string Sign, Comparison Comparison)[] All =
    [
        ("=", Comparison.Equal),
        ("!=", Comparison.NotEqual),
        ("<", Comparison.Less),
        ("<=", Comparison.LessOrEqual),
        (">", Comparison.Greater),
        (">=", Comparison.GreaterOrEqual),
        ("=~", Comparison.Matches),
        ("!~", Comparison.NotMatches),
    ];

    public static Comparison Of(string sign) => Array.Find(All, o => o.Sign == sign).Comparison;

    public static string SignOf(Comparison comparison) => Array.Find(All, o => o.Comparison == comparison).Sign;

    public static bool IsAllowed(FieldType type, Comparison comparison) => comparison switch
    {
        Comparison.Less or Comparison.LessOrEqual or Comparison.Greater or Comparison.GreaterOrEqual =>
            type is FieldType.Integer or FieldType.Duration or FieldType.Any,
        Comparison.Matches or Comparison.NotMatches => type is FieldType.Text or FieldType.Any,
        _ => true,
    };

    public static IEnumerable<string> AllowedFor(FieldType type) =>
        All.Where(o => IsAllowed(type, o.Comparison)).Select(o => o.Sign);
}

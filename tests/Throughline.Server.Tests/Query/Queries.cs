using FsCheck;
using FsCheck.Fluent;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;

namespace Throughline.Server.Tests.Query;

/// <summary>Generated conditions and texts.</summary>
internal static class Queries
{
    private const int DepthMax = 3;

    private static readonly string[] Pieces =
    [
        "service", "topic", "duration", "lag", "error", "http.route", "resource.a.b", "span.x", "`odd name`", "and", "or", "not", "in",
        "exists", "=", "!=", ">", "<=", "=~", "!~", "(", ")", ",", "\"", "'", "`", "\\", "500ms", "orders", "-1", "&&", "||", "\n", "{",
        "}", ".", "span:id", "nil", "true", "kind", "consumer", "[", "\u00e9", "\0", "|", "&", "!",
    ];

    /// <summary>Texts made of what means something in one of the languages, and of what does not.</summary>
    public static Arbitrary<string> Texts { get; } = Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(p => string.Join(' ', p)),
        Gen.Elements(Pieces).ListOf().Select(string.Concat),
        ArbMap.Default.GeneratorFor<string>().Select(t => t ?? "")).ToArbitrary();

    /// <summary>Everything that the language can say.</summary>
    public static Arbitrary<Condition> Conditions { get; } = Condition(DepthMax).ToArbitrary();

    private static Gen<Condition> Condition(int depth) => depth == 0
        ? Compare()
        : Gen.Frequency(
            (3, Compare()),
            (2, Several(depth).Select(all => (Condition)new Condition.And(all))),
            (2, Several(depth).Select(all => (Condition)new Condition.Or(all))),
            (1, Condition(depth - 1).Select(inner => (Condition)new Condition.Not(inner))));

    private static Gen<IReadOnlyList<Condition>> Several(int depth) =>
        from count in Gen.Choose(2, 4)
        from all in Condition(depth - 1).ArrayOf(count)
        select (IReadOnlyList<Condition>)all;

    private static Gen<Condition> Compare() =>
        from field in Fields()
        from comparison in Gen.Elements(Enum.GetValues<Comparison>())
        let type = FieldNames.TypeOf(field)
        where Operators.IsAllowed(type, comparison)
        from value in Value(field, type, comparison)
        select (Condition)new Condition.Compare(field, comparison, comparison == Comparison.Exists ? QueryValue.None : value);

    private static Gen<Field> Fields() => Gen.OneOf(
        Gen.Elements(FieldNames.All.ToArray()).Select(f => new Field(f.Known)),
        from name in Gen.OneOf(Gen.Elements("http.route", "a", "service", "span.kind", "resource.x", "and", "`", "1"), Text())
        from scope in Gen.Elements(Enum.GetValues<AttributeScope>())
        where name.Length > 0
        select new Field(WellKnownField.Attribute, name, scope));

    private static Gen<QueryValue> Value(Field field, FieldType type, Comparison comparison)
    {
        if (comparison is Comparison.Matches or Comparison.NotMatches)
        {
            return Gen.Elements("a.*", @"\d+", "", "x|y", "order-[a-z]+").Select(p => new QueryValue(p));
        }

        return type switch
        {
            FieldType.Text => Text().Select(t => new QueryValue(t)),
            FieldType.Word => Gen.Elements(FieldNames.Of(field.Known)!.Words.ToArray()).Select(w => new QueryValue(w)),
            FieldType.Integer => Gen.Choose(0, int.MaxValue).Select(n => new QueryValue($"{n}", n)),
            FieldType.Duration => Gen.Elements(("5ms", 5e6), ("1.5s", 1.5e9), ("1h30m", 5400e9), ("-1s", -1e9))
                .Select(d => new QueryValue(d.Item1, d.Item2)),
            FieldType.TraceId => Gen.Choose(1, int.MaxValue).Select(n => new QueryValue($"{n:x32}")),
            FieldType.SpanId => Gen.Choose(0, int.MaxValue).Select(n => new QueryValue($"{n:x16}")),
            _ => comparison is Comparison.Equal or Comparison.NotEqual ? Gen.OneOf(Text().Select(t => new QueryValue(t)), Number()) : Number(),
        };
    }

    private static Gen<QueryValue> Number() =>
        Gen.Elements(("0", 0.0), ("-5", -5), ("1e3", 1000), ("2.5", 2.5), ("10ms", 1e7)).Select(n => new QueryValue(n.Item1, n.Item2));

    private static Gen<string> Text() => Gen.OneOf(
        Gen.Elements("orders", "order-events", "and", "IN", "500", "10ms", "a b", "", "\"", "it's", "\\", "\r\n\t", "/a/{b}", "=", "(", "ä"),
        ArbMap.Default.GeneratorFor<string>().Select(t => t ?? ""));
}

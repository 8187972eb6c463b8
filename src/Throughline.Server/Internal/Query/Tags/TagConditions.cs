using Throughline.Server.Internal.Query.Language;

namespace Throughline.Server.Internal.Query.Tags;

/// <summary>
/// What a tag means that other tools ask for by name: some of their names are no attributes, but what a span itself says.
/// </summary>
internal static class TagConditions
{
    public static Condition Of(string name, string value)
    {
        if (name == "error" && bool.TryParse(value, out var isError))
        {
            return Word(WellKnownField.Status, isError ? Comparison.Equal : Comparison.NotEqual, "error");
        }

        return name switch
        {
            "service.name" or "resource.service.name" => Text(WellKnownField.Service, value),
            "name" => Text(WellKnownField.Name, value),
            "kind" or "span.kind" => Word(WellKnownField.Kind, Comparison.Equal, value),
            "status" or "status.code" or "span.status" or "otel.status_code" => Word(WellKnownField.Status, Comparison.Equal, value),
            _ => Attribute(name, value),
        };
    }

    /// <summary>A tag that is there, whatever its value.</summary>
    public static Condition Exists(string name) => name == "error"
        ? Word(WellKnownField.Status, Comparison.Equal, "error")
        : new Condition.Compare(AttributeOf(name), Comparison.Exists, QueryValue.None);

    /// <summary>All of them, or null for none.</summary>
    public static Condition? All(IReadOnlyList<Condition> all) => all.Count switch
    {
        0 => null,
        1 => all[0],
        _ => new Condition.And(all),
    };

    public static Condition Text(WellKnownField field, string value) =>
        new Condition.Compare(new Field(field), Comparison.Equal, new QueryValue(value));

    public static Condition Number(WellKnownField field, Comparison comparison, long value) =>
        new Condition.Compare(new Field(field), comparison, new QueryValue(
            value.ToString(System.Globalization.CultureInfo.InvariantCulture), value));

    public static Condition Duration(WellKnownField field, Comparison comparison, long nanoseconds) =>
        new Condition.Compare(new Field(field), comparison, new QueryValue(DurationText.Format(nanoseconds), nanoseconds));

    private static Condition.Compare Word(WellKnownField field, Comparison comparison, string value) =>
        new(new Field(field), comparison, new QueryValue(value.ToLowerInvariant()));

    private static Condition.Compare Attribute(string name, string value) =>
        new(AttributeOf(name), Comparison.Equal, new QueryValue(value));

    private static Field AttributeOf(string name)
    {
        foreach (var prefix in (ReadOnlySpan<string>)[FieldNames.SpanScope, FieldNames.ResourceScope])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length)
            {
                return new Field(WellKnownField.Attribute, name[prefix.Length..], FieldNames.ScopeOf(prefix)!.Value);
            }
        }

        return new Field(WellKnownField.Attribute, name);
    }
}

using Throughline.Server.Internal.Query.Language;

namespace Throughline.Server.Internal.Query.TraceQl;

/// <summary>Which field of a span TraceQL's names mean.</summary>
internal static class TraceQlFields
{
    private const string ServiceName = "service.name";

    private static readonly Dictionary<string, WellKnownField> Intrinsics = new(StringComparer.Ordinal)
    {
        ["name"] = WellKnownField.Name,
        ["span:name"] = WellKnownField.Name,
        ["status"] = WellKnownField.Status,
        ["span:status"] = WellKnownField.Status,
        ["kind"] = WellKnownField.Kind,
        ["span:kind"] = WellKnownField.Kind,
        ["duration"] = WellKnownField.Duration,
        ["span:duration"] = WellKnownField.Duration,
        ["trace:id"] = WellKnownField.TraceId,
        ["span:id"] = WellKnownField.SpanId,
    };

    public static string IntrinsicNames => string.Join(", ", Intrinsics.Keys);

    /// <summary>The field, or null for a name or scope that this subset lacks.</summary>
    public static Field? Of(TraceQlToken token)
    {
        if (token.Kind == TraceQlTokenKind.Word)
        {
            return Intrinsics.TryGetValue(token.Text, out var known) ? new Field(known) : null;
        }

        if (token.Text == ServiceName && token.Scope is ("" or "resource"))
        {
            return new Field(WellKnownField.Service);
        }

        return ScopeOf(token.Scope) is { } scope ? new Field(WellKnownField.Attribute, token.Text, scope) : null;
    }

    private static AttributeScope? ScopeOf(string scope) =>
        scope.Length == 0 ? AttributeScope.Any : FieldNames.ScopeOf(scope + ".");
}

using System.Globalization;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.TraceQl;

namespace Throughline.Server.Internal.Compat.Tempo;

/// <summary>Tempo's names of what spans have, as fields.</summary>
internal static class TempoTags
{
    /// <summary>Names that are no attributes.</summary>
    public static IReadOnlyList<string> Intrinsics { get; } =
        ["duration", "kind", "name", "span:duration", "span:id", "span:kind", "span:name", "span:status", "status", "trace:id"];

    /// <summary>A plain name, as the first version has it: <c>service.name</c>.</summary>
    public static Field Plain(string name) => name switch
    {
        "service.name" => new Field(WellKnownField.Service),
        "name" => new Field(WellKnownField.Name),
        "status" or "status.code" => new Field(WellKnownField.Status),
        "kind" or "span.kind" => new Field(WellKnownField.Kind),
        _ => new Field(WellKnownField.Attribute, name),
    };

    /// <summary>A name of TraceQL, as the second version has it: <c>.service.name</c>, <c>span.http.route</c>, <c>status</c>.</summary>
    /// <returns>Null for one that this server does not know: it has no values.</returns>
    public static Field? Scoped(string name)
    {
        try
        {
            var token = new TraceQlTokenizer(name).Next();
            return token.Kind is TraceQlTokenKind.Word or TraceQlTokenKind.Attribute ? TraceQlFields.Of(token) : null;
        }
        catch (QueryException)
        {
            return null;
        }
    }

    /// <summary>What the second version calls the type of a value.</summary>
    public static string TypeOf(Field field, string value)
    {
        var type = FieldNames.TypeOf(field);
        return type switch
        {
            FieldType.Word => "keyword",
            FieldType.Duration => "duration",
            FieldType.Any when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "int",
            FieldType.Any when ValueReader.NumberOf(value) is not null && !DurationText.TryParse(value, out _) => "float",
            FieldType.Any when value is "true" or "false" => "bool",
            _ => "string",
        };
    }
}

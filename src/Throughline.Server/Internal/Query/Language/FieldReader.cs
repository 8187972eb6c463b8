namespace Throughline.Server.Internal.Query.Language;

/// <summary>Which field a piece of a query names, and back.</summary>
internal static class FieldReader
{
    /// <summary>How OpenTelemetry's older tools name the kind, which is no attribute of spans.</summary>
    private const string KindAlias = "span.kind";

    /// <summary>The field, or null and what is wrong.</summary>
    public static Field? Read(Token token, out string? problem)
    {
        problem = null;
        var name = token.Text;
        if (token.Kind == TokenKind.Name)
        {
            problem = name.Length == 0 ? "there is no attribute without a name" : null;
            return problem is null ? new Field(WellKnownField.Attribute, name, token.Scope) : null;
        }

        if (FieldNames.Find(name) is { } known)
        {
            return new Field(known.Known);
        }

        if (name.Equals(KindAlias, StringComparison.OrdinalIgnoreCase))
        {
            return new Field(WellKnownField.Kind);
        }

        foreach (var (prefix, scope) in (ReadOnlySpan<(string, AttributeScope)>)
                 [(FieldNames.SpanScope, AttributeScope.Span), (FieldNames.ResourceScope, AttributeScope.Resource)])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length)
            {
                return new Field(WellKnownField.Attribute, name[prefix.Length..], scope);
            }
        }

        if (name.Contains('.', StringComparison.Ordinal))
        {
            return new Field(WellKnownField.Attribute, name);
        }

        problem = $"there is no field '{name}'; fields are {FieldNames.List}; an attribute has a dot in its name "
                  + $"or is written in backticks: `{name}`";
        return null;
    }

    /// <summary>A field of the language, else an attribute, with its scope or without.</summary>
    public static Field Named(string name) =>
        Read(new Token(TokenKind.Word, name, 0, name.Length), out _) ?? new Field(WellKnownField.Attribute, name);

    /// <summary>As the language writes it.</summary>
    public static string Print(Field field)
    {
        if (FieldNames.Of(field.Known) is { } known)
        {
            return known.Name;
        }

        var name = field.Attribute ?? "";
        var prefix = field.Scope switch
        {
            AttributeScope.Span => FieldNames.SpanScope,
            AttributeScope.Resource => FieldNames.ResourceScope,
            _ => "",
        };
        var bare = new Token(TokenKind.Word, prefix + name, 0, 0);
        var isBare = name.Length > 0
                     && name.All(Tokenizer.IsWordCharacter)
                     && !Keywords.IsReserved(name)
                     && Read(bare, out _) == field;
        return isBare ? bare.Text : $"{prefix}`{name.Replace("`", "``", StringComparison.Ordinal)}`";
    }
}

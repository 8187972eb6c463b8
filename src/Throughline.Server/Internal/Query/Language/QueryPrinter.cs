using System.Text;

namespace Throughline.Server.Internal.Query.Language;

/// <summary>Writes a condition in the server's own language, so that parsing it gives the same condition.</summary>
internal static class QueryPrinter
{
    /// <summary>The query, or nothing for null: every span.</summary>
    public static string Print(Condition? condition)
    {
        var text = new StringBuilder();
        if (condition is not null)
        {
            Append(text, condition);
        }

        return text.ToString();
    }

    /// <summary>A value as it stands after the comparison, quoted where it has to be.</summary>
    public static string Print(Field field, QueryValue value)
    {
        var isAttribute = FieldNames.TypeOf(field) == FieldType.Any;
        var isBare = value.Text.Length > 0
                     && value.Text.All(Tokenizer.IsWordCharacter)
                     && !Keywords.IsReserved(value.Text)
                     && (!isAttribute || value.Number is not null || ValueReader.NumberOf(value.Text) is null);
        return isBare ? value.Text : Quote(value.Text);
    }

    private static void Append(StringBuilder text, Condition condition)
    {
        switch (condition)
        {
            case Condition.And each:
                AppendAll(text, each.All, " and ");
                break;
            case Condition.Or either when ListOf(either) is { } field:
                AppendList(text, field, either.Any);
                break;
            case Condition.Or either:
                AppendAll(text, either.Any, " or ");
                break;
            case Condition.Not opposite:
                text.Append("not ");
                AppendInner(text, opposite.Inner);
                break;
            case Condition.Compare { Comparison: Comparison.Exists } compare:
                text.Append(FieldReader.Print(compare.Field)).Append(" exists");
                break;
            case Condition.Compare compare:
                text.Append(FieldReader.Print(compare.Field)).Append(' ')
                    .Append(Operators.SignOf(compare.Comparison)).Append(' ')
                    .Append(Print(compare.Field, compare.Value));
                break;
        }
    }

    private static void AppendAll(StringBuilder text, IReadOnlyList<Condition> all, string between)
    {
        for (var i = 0; i < all.Count; i++)
        {
            text.Append(i == 0 ? "" : between);
            AppendInner(text, all[i]);
        }
    }

    private static void AppendInner(StringBuilder text, Condition condition)
    {
        var isCompound = condition is Condition.And || (condition is Condition.Or either && ListOf(either) is null);
        text.Append(isCompound ? "(" : "");
        Append(text, condition);
        text.Append(isCompound ? ")" : "");
    }

    /// <summary>The field of which every part of an alternative wants a value, or null.</summary>
    private static Field? ListOf(Condition.Or either)
    {
        if (either.Any is [Condition.Compare { Comparison: Comparison.Equal } first, _, ..]
            && either.Any.All(c => c is Condition.Compare { Comparison: Comparison.Equal } compare && compare.Field == first.Field))
        {
            return first.Field;
        }

        return null;
    }

    private static void AppendList(StringBuilder text, Field field, IReadOnlyList<Condition> values)
    {
        text.Append(FieldReader.Print(field)).Append(" in (")
            .AppendJoin(", ", values.Cast<Condition.Compare>().Select(c => Print(field, c.Value)))
            .Append(')');
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}

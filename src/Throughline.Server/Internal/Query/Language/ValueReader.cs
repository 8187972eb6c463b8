using System.Globalization;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Query.Language;

/// <summary>Makes a value of what a query has after its comparison, as the field's type wants it.</summary>
internal static class ValueReader
{
    private const int SpanIdDigits = 16;

    /// <summary>The value, or null and what is wrong with it.</summary>
    public static QueryValue? Read(Field field, Comparison comparison, Token token, out string? problem)
    {
        problem = null;
        var text = token.Text;
        if (comparison is Comparison.Matches or Comparison.NotMatches)
        {
            problem = ProblemOfPattern(text);
            return new QueryValue(text);
        }

        var name = FieldNames.Of(field.Known);
        switch (name?.Type ?? FieldType.Any)
        {
            case FieldType.Text:
                return new QueryValue(text);
            case FieldType.Word:
                problem = name!.Words.Contains(text, StringComparer.OrdinalIgnoreCase)
                    ? null
                    : $"{name.Name} is never '{text}'; it is one of {string.Join(", ", name.Words)}";
                return new QueryValue(text.ToLowerInvariant());
            case FieldType.Integer when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole):
                return new QueryValue(text, whole);
            case FieldType.Integer:
                problem = $"{name!.Name} is compared with a whole number, not with '{text}'";
                return null;
            case FieldType.Duration when DurationText.TryParse(text, out var nanoseconds):
                return new QueryValue(text, nanoseconds);
            case FieldType.Duration:
                problem = $"{name!.Name} is compared with a time such as 500ms, not with '{text}'; units are {DurationText.Units}";
                return null;
            case FieldType.TraceId or FieldType.SpanId:
                return Id(name!, text, out problem);
            default:
                return OfAttribute(comparison, token, out problem);
        }
    }

    /// <summary>Whether a bare word would be read as a number.</summary>
    public static double? NumberOf(string word)
    {
        if (word.Length == 0 || !(char.IsAsciiDigit(word[0]) || word[0] is '-' or '+' or '.'))
        {
            return null;
        }

        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        return DurationText.TryParse(word, out var nanoseconds) ? nanoseconds : null;
    }

    private static string? ProblemOfPattern(string pattern)
    {
        try
        {
            _ = QueryPattern.Whole(pattern);
            return null;
        }
        catch (ArgumentException e)
        {
            return $"this regular expression cannot be used: {e.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static QueryValue? Id(FieldName name, string text, out string? problem)
    {
        problem = null;
        if (name.Type == FieldType.TraceId && TraceId.TryParse(text, out var trace))
        {
            return new QueryValue(trace.ToString());
        }

        if (name.Type == FieldType.SpanId
            && text.Length <= SpanIdDigits
            && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var span))
        {
            return new QueryValue(span.ToString("x16", CultureInfo.InvariantCulture));
        }

        var digits = name.Type == FieldType.TraceId ? 2 * TraceId.Size : SpanIdDigits;
        problem = $"{name.Name} is compared with an id of at most {digits} hex digits, not with '{text}'";
        return null;
    }

    private static QueryValue? OfAttribute(Comparison comparison, Token token, out string? problem)
    {
        problem = null;
        var number = token.Kind == TokenKind.Word ? NumberOf(token.Text) : null;
        if (number is null && comparison is not (Comparison.Equal or Comparison.NotEqual))
        {
            problem = $"what is more or less is a number or a time such as 500ms, without quotes, not '{token.Text}'";
            return null;
        }

        return new QueryValue(token.Text, number);
    }
}

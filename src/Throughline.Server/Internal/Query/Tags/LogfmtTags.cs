using System.Text;

namespace Throughline.Server.Internal.Query.Tags;

/// <summary>Reads logfmt, as Tempo's <c>tags</c> has it: <c>service.name=orders name="send orders" error</c>.</summary>
internal static class LogfmtTags
{
    /// <summary>The pairs in their order; a name without a value has an empty one.</summary>
    /// <exception cref="QueryException">A quote without its end, a name twice, a pair without a name.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text)
    {
        if (text.Length > QueryLimits.LengthMax)
        {
            throw QueryException.At(text, QueryLimits.LengthMax, $"tags have at most {QueryLimits.LengthMax} characters");
        }

        var pairs = new List<KeyValuePair<string, string>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = SkipSpace(text, 0); at < text.Length; at = SkipSpace(text, at))
        {
            var start = at;
            var name = Bare(text, ref at, endsAtEquals: true);
            if (name.Length == 0)
            {
                throw QueryException.At(text, at, $"expected a tag's name, but {text[at]} stands here");
            }

            if (!seen.Add(name) || seen.Count > QueryLimits.ComparisonsMax)
            {
                throw QueryException.At(text, start, seen.Count > QueryLimits.ComparisonsMax
                    ? $"there are more than {QueryLimits.ComparisonsMax} tags"
                    : $"tag {name} has been set twice");
            }

            pairs.Add(KeyValuePair.Create(name, Value(text, ref at)));
        }

        return pairs;
    }

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static string Value(string text, ref int at)
    {
        if (at == text.Length || text[at] != '=')
        {
            return "";
        }

        at++;
        return at < text.Length && text[at] == '"' ? Quoted(text, ref at) : Bare(text, ref at, endsAtEquals: false);
    }

    private static string Bare(string text, ref int at, bool endsAtEquals)
    {
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] != '"' && (text[at] != '=' || !endsAtEquals))
        {
            at++;
        }

        if (at < text.Length && text[at] == '"')
        {
            throw QueryException.At(text, at, "unexpected '\"'");
        }

        return text[start..at];
    }

    private static string Quoted(string text, ref int at)
    {
        var start = at++;
        var value = new StringBuilder();
        while (at < text.Length)
        {
            var c = text[at++];
            if (c == '"')
            {
                return value.ToString();
            }

            if (c == '\\' && at < text.Length)
            {
                c = text[at++] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other };
            }

            value.Append(c);
        }

        throw QueryException.At(text, start, "unterminated quoted value");
    }
}

using System.Text.RegularExpressions;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>What a query of another tool's language would be in this one: <c>topic:orders wait&gt;2s err</c>.</summary>
internal static partial class OtherSpelling
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["wait"] = "lag",
        ["svc"] = "service",
        ["service.name"] = "service",
        ["consumer"] = "group",
        ["consumer_group"] = "group",
        ["dur"] = "duration",
        ["traceid"] = "trace",
        ["trace_id"] = "trace",
    };

    /// <summary>The query that is probably meant, or null.</summary>
    public static string? Of(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var conditions = words
            .Where(word => !word.Equals("and", StringComparison.OrdinalIgnoreCase))
            .Select(ConditionOf)
            .ToList();
        if (conditions.Count == 0 || conditions.Contains(null))
        {
            return null;
        }

        var query = string.Join(" and ", conditions);
        try
        {
            return query == text || QueryParser.Parse(query) is null ? null : query;
        }
        catch (QueryException)
        {
            return null;
        }
    }

    private static string? ConditionOf(string word)
    {
        if (word is "err" or "error" or "errors" or "failed")
        {
            return Keywords.Error;
        }

        var match = Pattern().Match(word);
        if (!match.Success)
        {
            return null;
        }

        var name = match.Groups["name"].Value;
        var sign = match.Groups["sign"].Value;
        return $"{Names.GetValueOrDefault(name, name)} {(sign is ":" or "==" ? "=" : sign.TrimStart(':'))} {match.Groups["value"].Value}";
    }

    [GeneratedRegex("""^(?<name>[A-Za-z][A-Za-z0-9_.]*)(?<sign>:?(>=|<=|>|<)|:|==|=)(?<value>[^\s:=<>]+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}

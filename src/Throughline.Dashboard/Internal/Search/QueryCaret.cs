using Throughline.Server.Internal.Query;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>The place in a query that could not be read: the text around it, and a caret under the character.</summary>
internal static class QueryCaret
{
    private const int AroundMax = 60;

    /// <summary>Two lines of the same width.</summary>
    public static string Show(string query, QueryException error)
    {
        var lines = query.ReplaceLineEndings("\n").Split('\n');
        var line = error.Line <= lines.Length ? lines[error.Line - 1] : "";
        var at = Math.Clamp(error.Column - 1, 0, line.Length);
        var from = Math.Max(0, at - AroundMax);
        var to = Math.Min(line.Length, at + AroundMax);
        var before = from > 0 ? "…" : "";
        var shown = string.Concat(line[from..to].Select(c => char.IsControl(c) ? '·' : c));
        return $"{before}{shown}{(to < line.Length ? "…" : "")}\n{new string(' ', before.Length + at - from)}^";
    }
}

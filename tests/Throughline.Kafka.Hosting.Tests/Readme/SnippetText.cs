namespace Throughline.Kafka.Hosting.Tests.Readme;

/// <summary>Snippets of a file by their names, without their common indentation.</summary>
internal static class SnippetText
{
    internal static Dictionary<string, string> OfReadme(string file) => Read(file, "<!-- snippet: ", "```", linesBefore: 2);

    internal static Dictionary<string, string> OfCode(string file) => Read(file, "// begin-snippet: ", "// end-snippet", linesBefore: 1);

    private static Dictionary<string, string> Read(string file, string begin, string end, int linesBefore)
    {
        var lines = File.ReadAllLines(file);
        var snippets = new Dictionary<string, string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith(begin, StringComparison.Ordinal))
            {
                var body = lines.Skip(i + linesBefore).TakeWhile(each => each.Trim() != end).ToList();
                var indent = body.Where(each => each.Length > 0).Min(each => each.Length - each.TrimStart().Length);
                snippets[line[begin.Length..].Replace("-->", "", StringComparison.Ordinal).Trim()] =
                    string.Join('\n', body.Select(each => each.Length == 0 ? each : each[indent..])).Trim();
            }
        }

        return snippets;
    }
}

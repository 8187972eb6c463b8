using System.Globalization;
using System.Text.Json;

namespace Throughline.Cli.Analyze;

/// <summary>Asks for the tables that are wanted.</summary>
internal static class Analysis
{
    public static async Task<IReadOnlyList<(AnswerTable Table, JsonElement Answer)>> AskAsync(
        AnswerClient client, AnalyzeOptions options, CancellationToken cancellationToken)
    {
        var filter = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("topic", options.Topic);
        Add("group", options.Group);
        Add("from", options.Since ?? (options.IsClosedSet ? EarliestOfAll() : null));
        var answers = new List<(AnswerTable, JsonElement)>();
        foreach (var table in AnswerTables.All.Where(table => options.Tables.Count == 0 || options.Tables.Contains(table.Name)))
        {
            answers.Add((table, await client.AskAsync(table.Path, filter, cancellationToken)));
        }

        return answers;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                filter.Add(name, value);
            }
        }
    }

    private static string EarliestOfAll() =>
        DateTimeOffset.UtcNow.Subtract(ClosedSet.Kept).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

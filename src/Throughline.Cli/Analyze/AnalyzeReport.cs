using System.Text.Json;
using Spectre.Console;

namespace Throughline.Cli.Analyze;

/// <summary>Answers for people: a table each, or a sentence where there is nothing to tell.</summary>
internal sealed class AnalyzeReport(IAnsiConsole console)
{
    public void Write(IEnumerable<(AnswerTable Table, JsonElement Answer)> answers)
    {
        foreach (var (table, answer) in answers)
        {
            Write(table, answer);
        }
    }

    private void Write(AnswerTable table, JsonElement answer)
    {
        console.MarkupLineInterpolated($"[bold]{table.Title}[/]");
        var rows = answer.GetProperty("rows");
        if (rows.GetArrayLength() == 0)
        {
            console.MarkupLineInterpolated($"  [dim]{table.Nothing}[/]");
            console.WriteLine();
            return;
        }

        // A column in which nothing is known only takes room from the others.
        var columns = table.Columns.Where(column => rows.EnumerateArray().Any(row => column.Text(row).Length > 0)).ToArray();
        var shown = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            shown.AddColumn(new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Dim)))
            {
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
            });
        }

        foreach (var row in rows.EnumerateArray())
        {
            shown.AddRow(columns.Select(column => new Text(column.Text(row))));
        }

        console.Write(shown);
        if (answer.TryGetProperty("isCutShort", out var cut) && cut.GetBoolean())
        {
            console.MarkupLine("  [dim]There are more; --topic and --group narrow it down, --json has all that the server gives.[/]");
        }

        console.WriteLine();
    }
}

using System.Text.Json;
using Spectre.Console;

namespace Throughline.Cli.Analyze;

/// <summary>Answers for people: a table each, or a sentence where there is nothing to tell.</summary>
internal sealed class AnalyzeReport(IAnsiConsole console)
{
    private const int ColumnGap = 2;

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
        if (Width(columns, rows) <= console.Profile.Width)
        {
            WriteTable(columns, rows);
        }
        else
        {
            WriteList(columns, rows);
        }

        if (answer.TryGetProperty("isCutShort", out var cut) && cut.GetBoolean())
        {
            console.MarkupLine("  [dim]There are more; --topic and --group narrow it down, --json has all that the server gives.[/]");
        }

        console.WriteLine();
    }

    private static int Width(IReadOnlyList<Column> columns, JsonElement rows) =>
        columns.Sum(column => ColumnGap + rows.EnumerateArray().Select(row => column.Text(row).Length).Append(column.Title.Length).Max());

    private void WriteTable(IReadOnlyList<Column> columns, JsonElement rows)
    {
        var shown = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            shown.AddColumn(new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Dim)))
            {
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                NoWrap = true,
                Padding = new Padding(ColumnGap / 2, 0),
            });
        }

        foreach (var row in rows.EnumerateArray())
        {
            shown.AddRow(columns.Select(column => new Text(column.Text(row))));
        }

        console.Write(shown);
    }

    /// <summary>Where a table does not fit: what a row is about, and under it what is known of it.</summary>
    private void WriteList(IReadOnlyList<Column> columns, JsonElement rows)
    {
        foreach (var row in rows.EnumerateArray())
        {
            var about = columns.Where(column => !column.IsNumber).Select(column => column.Text(row)).Where(text => text.Length > 0);
            var known = columns.Where(column => column.IsNumber && column.Text(row).Length > 0)
                .Select(column => $"{column.Title} {column.Text(row)}");
            console.Write(new Padder(new Text(string.Join("  ", about)), new Padding(1, 0, 0, 0)));
            console.Write(new Padder(new Text(string.Join(", ", known), new Style(decoration: Decoration.Dim)), new Padding(3, 0, 0, 0)));
        }
    }
}

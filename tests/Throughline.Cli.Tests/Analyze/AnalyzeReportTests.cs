using System.Text.Json;
using Throughline.Cli.Analyze;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Tests.Analyze;

public class AnalyzeReportTests
{
    private static readonly AnswerTable Ledger = AnswerTables.All.Single(table => table.Name == "ledger");

    private const string Row = """
        {"topic":"orders","group":"billing","figures":[
          {"cell":"produced","value":1234567,"certainty":"exact"},{"cell":"stored","value":20,"certainty":"upperBound"},
          {"cell":"fetched","certainty":"unknown"},{"cell":"processed","value":19.5,"certainty":"estimate"},
          {"cell":"lost","value":0,"certainty":"lowerBound"}]}
        """;

    [Fact]
    public void A_table_shows_how_certain_each_figure_is()
    {
        var text = Write(Ledger, Row, width: 160);
        Assert.Contains("1,234,567", text, StringComparison.Ordinal);
        Assert.Contains("≤20", text, StringComparison.Ordinal);
        Assert.Contains("~19.50", text, StringComparison.Ordinal);
        Assert.Contains("none known", text, StringComparison.Ordinal);
        Assert.Contains(" ? ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_table_does_not_fit_a_list_tells_the_same_within_the_width()
    {
        var text = Write(Ledger, Row, width: 60);
        Assert.Contains("produced 1,234,567", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 60, line));
    }

    [Fact]
    public void No_rows_say_what_that_means() =>
        Assert.Contains(Ledger.Nothing, Write(Ledger, "", width: 80), StringComparison.Ordinal);

    [Fact]
    public void What_is_not_known_takes_no_column() =>
        Assert.DoesNotContain("dead-lettered", Write(Ledger, Row, width: 160), StringComparison.Ordinal);

    private static string Write(AnswerTable table, string rows, int width)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var screen = new Screen { Width = width, Colour = false, Live = false, Glyphs = Glyphs.Unicode };
        using var answer = JsonDocument.Parse($$"""{"rows":[{{rows}}]}""");
        new AnalyzeReport(TerminalTables.On(output, screen)).Write([(table, answer.RootElement)]);
        return output.ToString();
    }
}

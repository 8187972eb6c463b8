using System.Text;
using Throughline.TestServers;

namespace Throughline.Server.Tests.Settings;

public sealed class SettingsDocumentTests
{
    private const string Begin = "<!-- Made of ServerSettings.All. After a change: THROUGHLINE_WRITE_DOCS=1 ./run test SettingsDocumentTests -->";
    private const string End = "<!-- end of settings -->";

    [Fact]
    public void Document_has_every_setting_as_the_table_has_it()
    {
        var path = Path.Combine(ServersFolder.RepositoryRoot()!, "docs", "server.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= Begin.Length && end > begin, $"{path} lacks the marks around its settings.");
        var expected = text[..begin] + "\n\n" + Table() + "\n" + text[end..];
        if (Environment.GetEnvironmentVariable("THROUGHLINE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
            text = expected;
        }

        Assert.Equal(expected, text);
    }

    private static string Table()
    {
        var table = new StringBuilder("| flag | variable | default | what it is, and what happens at it |\n|---|---|---|---|\n");
        foreach (var setting in ServerSettings.All)
        {
            // Where a home folder is differs from one user to the next.
            var value = setting.Name == "data-folder" ? "`throughline` in the user's local application data" : Code(setting.Default);
            table.Append($"| `--{setting.Name} {setting.Value}` | `{setting.Variable}` | {value} | {setting.Description} |\n");
        }

        return table.ToString();
    }

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";
}

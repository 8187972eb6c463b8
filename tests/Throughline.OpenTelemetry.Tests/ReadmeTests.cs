namespace Throughline.OpenTelemetry.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void Readmes_code_is_the_code_that_is_compiled()
    {
        var blocks = Blocks(File.ReadAllLines(Beside("README.md")), "```csharp", "```");
        var regions = Blocks(File.ReadAllLines(Beside("Snippets.cs")), "#region", "#endregion");

        Assert.NotEmpty(blocks);
        Assert.Equal(regions, blocks);
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    /// <summary>The lines between the marks, without the indentation that all of a block share.</summary>
    private static List<string> Blocks(string[] lines, string start, string end)
    {
        var blocks = new List<string>();
        List<string>? block = null;
        foreach (var line in lines)
        {
            if (block is null)
            {
                block = line.TrimStart().StartsWith(start, StringComparison.Ordinal) ? [] : null;
            }
            else if (line.Trim() == end)
            {
                var indentation = block.Where(text => text.Length > 0).Min(text => text.Length - text.TrimStart().Length);
                blocks.Add(string.Join('\n', block.Select(text => text.Length > 0 ? text[indentation..] : text)));
                block = null;
            }
            else
            {
                block.Add(line);
            }
        }

        return blocks;
    }
}

using Throughline.Propagation.Internal;

namespace Throughline.Propagation.Tests;

/// <summary>The README says what the code does.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = Read("README.md");

    [Fact]
    public void Its_table_of_causes_is_the_codes()
    {
        string[] rows = [.. Readme.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains('_', StringComparison.Ordinal))];

        Assert.Equal(RefusalCauses.All.ToArray().Select(meaning => $"| `{meaning.Name}` | {meaning.Meaning} |"), rows);
    }

    [Fact]
    public void Its_snippet_is_code_that_a_test_runs()
    {
        string snippet = Readme.Split("```csharp\n")[1].Split("```")[0];

        Assert.Contains(Unindented(snippet), Unindented(Read("ReadmeSnippets.cs")), StringComparison.Ordinal);
    }

    private static string Read(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)).ReplaceLineEndings("\n");

    private static string Unindented(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}

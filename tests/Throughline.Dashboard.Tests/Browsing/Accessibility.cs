using System.Text.Json;
using Microsoft.Playwright;
using Throughline.TestServers;

namespace Throughline.Dashboard.Tests.Browsing;

/// <summary>What axe-core finds against WCAG 2.1 AA. <c>./run test</c> installs it where there is npm.</summary>
public static class Accessibility
{
    private const string Missing = "axe-core is not installed (./run test does that where there is npm)";

    private static readonly string Script = Path.Combine(
        ServersFolder.RepositoryRoot() ?? "", ".setup", "node-peer", "node_modules", "axe-core", "axe.min.js");

    /// <summary>Findings that are serious or worse: the rule, what it says, and where.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page)
    {
        if (!File.Exists(Script))
        {
            LeftOut.Say("the dashboard's accessibility", Missing);
            Assert.Skip(Missing);
        }

        await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"] }))
              .violations.filter(one => one.impact === "serious" || one.impact === "critical")
              .map(one => `${one.id}: ${one.help}: ${one.nodes.map(node => node.target.join(" ")).join(", ")}`)
            """);
        return [.. found.EnumerateArray().Select(finding => finding.GetString()!)];
    }
}

using System.Text;
using Throughline.Benchmarks.Peer;

namespace Throughline.Benchmarks.Reporting;

/// <summary>The report: ratios first, then every row, then the machine.</summary>
internal static class MarkdownReport
{
    internal static string Of(IReadOnlyList<BudgetResult> budgets, Measurements run, Machine machine)
    {
        var text = new StringBuilder();
        text.AppendLine("# Benchmarks of the instrumentation").AppendLine();
        text.AppendLine("What is measured, and how: [README](../README.md). Lower is better.").AppendLine();
        AppendBudgets(text, budgets);
        foreach (var benchmark in run.Rows.GroupBy(row => row.Benchmark))
        {
            AppendTable(text, benchmark.Key, [.. benchmark]);
        }

        AppendMachine(text, machine);
        return text.ToString();
    }

    private static void AppendBudgets(StringBuilder text, IReadOnlyList<BudgetResult> budgets)
    {
        text.AppendLine("## Budgets").AppendLine();
        text.AppendLine("| what | | target | measured | |").AppendLine("|---|---|---|---|---|");
        foreach (var budget in budgets)
        {
            text.AppendLine($"{budget}");
        }

        if (!PeerInstrumentation.IsThere)
        {
            text.AppendLine().AppendLine("There was no peer to measure: its rows are left out.");
        }

        text.AppendLine();
    }

    private static void AppendTable(StringBuilder text, string benchmark, Measurement[] rows)
    {
        string[] contenders = [.. rows.Select(row => row.Contender).Distinct(StringComparer.Ordinal)];
        text.AppendLine($"## {benchmark}").AppendLine();
        text.AppendLine($"| | {string.Join(" | ", contenders)} |");
        text.AppendLine($"|---|{string.Concat(contenders.Select(_ => "---|"))}");
        foreach (var situation in rows.GroupBy(row => row.Situation))
        {
            var cells = contenders.Select(contender => Cell(situation.SingleOrDefault(row => row.Contender == contender)));
            text.AppendLine($"| {situation.Key} | {string.Join(" | ", cells)} |");
        }

        text.AppendLine();
    }

    private static string Cell(Measurement? row) => row switch
    {
        null => "–",
        { Nanoseconds: < 100 } => $"{row.Nanoseconds:F1} ns, {row.Bytes:F0} B",
        _ => $"{row.Nanoseconds:F0} ns, {row.Bytes:F0} B",
    };

    private static void AppendMachine(StringBuilder text, Machine machine)
    {
        text.AppendLine("## Machine").AppendLine();
        text.AppendLine("| | |").AppendLine("|---|---|");
        foreach (var (name, value) in machine.Facts)
        {
            text.AppendLine($"| {name} | {value} |");
        }
    }
}

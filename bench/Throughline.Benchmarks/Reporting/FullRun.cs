using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;

namespace Throughline.Benchmarks.Reporting;

/// <summary>Runs every row and writes the report, in a few minutes.</summary>
internal static class FullRun
{
    internal static int Run()
    {
        // 1. Measure.
        var logFile = Path.Combine(Places.Project, "bin", "benchmarks.log");
        using var log = new StreamLogger(logFile);
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(FullRun).Assembly).Run(["--filter", "*"], Settings.Full(log)).ToArray();
        var reports = summaries.SelectMany(summary => summary.Reports).ToArray();
        var run = new Measurements([.. reports.Where(report => report.Success).Select(Measurement.Of)]);
        if (run.Rows.Count == 0)
        {
            Console.Error.WriteLine($"nothing was measured; {logFile} says why");
            return 1;
        }

        // 2. Hold against the budgets.
        Console.Error.WriteLine("measuring the budgets' pairs in turns");
        var budgets = Budgets.All.Select(budget => new BudgetResult(budget, budget.Measure(run))).ToArray();

        // 3. Write.
        var machine = new Machine();
        var report = MarkdownReport.Of(budgets, run, machine);
        Directory.CreateDirectory(Places.Results);
        var file = Path.Combine(Places.Results, machine.FileName);
        File.WriteAllText($"{file}.md", report);
        File.WriteAllText($"{file}.csv", CsvReport.Of(run));

        // 4. Say.
        Console.WriteLine(report);
        Console.Error.WriteLine($"written to {file}.md and .csv");
        var failed = reports.Count(each => !each.Success);
        if (failed > 0)
        {
            Console.Error.WriteLine($"{failed} rows failed; {logFile} says why");
        }

        return failed == 0 ? 0 : 1;
    }
}

using System.Diagnostics;
using System.Text;

namespace Throughline.Server.Load.Queries;

/// <summary>Filling and asking, each in a process of its own, so that none has the other's memory; and the report.</summary>
internal static class QueryRun
{
    public static async Task RunAsync(QueryOptions options, string[] arguments)
    {
        var report = new StringBuilder();
        report.AppendLine("## Filling").AppendLine("```").Append(await OwnProcessAsync("fill", arguments)).AppendLine("```");
        report.AppendLine("## Asking, cold").AppendLine().Append(await OwnProcessAsync("ask", arguments));
        report.AppendLine("## Asking while ingesting 10,000 spans/s").AppendLine()
            .Append(await OwnProcessAsync("ask", [.. arguments, "--ingest", "10000"]));
        if (options.Report is { } file)
        {
            await File.WriteAllTextAsync(file, report.ToString());
        }
    }

    private static async Task<string> OwnProcessAsync(string verb, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [verb, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var text = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            Console.WriteLine(line);
            text.AppendLine(line);
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? text.ToString() : throw new InvalidOperationException($"{verb} ended with {process.ExitCode}.");
    }
}

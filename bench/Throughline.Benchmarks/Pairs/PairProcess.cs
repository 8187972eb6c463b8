using System.Diagnostics;
using System.Text.Json;

namespace Throughline.Benchmarks.Pairs;

/// <summary>A process for each pair: what the compiler learnt from one situation must not shape another's code.</summary>
internal static class PairProcess
{
    internal const string Argument = "--pair";

    /// <summary>In the process itself: measures, and writes the result for <see cref="Run"/>.</summary>
    internal static int Serve(string[] arguments)
    {
        if (Pair.Of(arguments) is not { } pair)
        {
            Console.Error.WriteLine($"{Argument} wants a benchmark, a situation and two contenders");
            return 1;
        }

        Console.WriteLine(JsonSerializer.Serialize(new PairRun(pair).Measure()));
        return 0;
    }

    internal static PairTimes Run(Pair pair)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(PairProcess).Assembly.Location);
        }

        start.ArgumentList.Add(Argument);
        foreach (var argument in pair.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<PairTimes>(output)
            : throw new InvalidOperationException($"{pair} could not be measured");
    }
}

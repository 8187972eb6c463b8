using System.Globalization;
using System.Text.Json;

namespace Throughline.Benchmarks.Load;

/// <summary>A process for each run, whose time and bytes are its own.</summary>
internal static class LoadProcess
{
    internal const string Argument = "--load-run";

    /// <summary>In the process itself: measures, and writes the result for <see cref="Run"/>.</summary>
    internal static async Task<int> ServeAsync(string[] arguments)
    {
        var run = new LoadRun(
            LoadContender.Of(arguments[0], arguments[1]),
            arguments[2],
            arguments[3],
            int.Parse(arguments[4], CultureInfo.InvariantCulture));
        Console.WriteLine(JsonSerializer.Serialize(await run.MeasureAsync()));
        return 0;
    }

    internal static LoadResult Run(LoadContender contender, string servers, string topic, int records)
    {
        var output = OwnProcess.Run([Argument, .. contender.ToArguments(), servers, topic, $"{records}"])
            ?? throw new InvalidOperationException($"{contender.Name} could not be measured");
        return JsonSerializer.Deserialize<LoadResult>(output)!;
    }
}

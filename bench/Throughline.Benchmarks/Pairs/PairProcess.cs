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
        var output = OwnProcess.Run([Argument, .. pair.ToArguments()])
            ?? throw new InvalidOperationException($"{pair} could not be measured");
        return JsonSerializer.Deserialize<PairTimes>(output);
    }
}

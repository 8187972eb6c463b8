using System.Diagnostics;
using Throughline.Propagation.Fuzz;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation.Tests;

/// <summary>The fuzz program as a process of its own, with its own environment.</summary>
internal static class FuzzProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static string Headers(string propagators) => Run("--headers", propagators);

    private static string Run(string argument, string propagators)
    {
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList = { typeof(FuzzRun).Assembly.Location, argument },
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { [ConfiguredPropagators.Variable] = propagators },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"{argument} did not end within {Patience}");
        }

        Assert.Equal(0, process.ExitCode);
        return output.GetAwaiter().GetResult().ReplaceLineEndings("\n").Trim();
    }
}

using System.Diagnostics;

namespace Throughline.Benchmarks;

/// <summary>This program, started again for one measurement, with nothing left over from others.</summary>
internal static class OwnProcess
{
    private const int ParentIsGone = 3;

    /// <summary>In the process itself: ends it when whoever started it does, however that ends.</summary>
    internal static void EndWithParent() => new Thread(() =>
    {
        // The parent writes nothing: its end closes the pipe.
        Console.OpenStandardInput().CopyTo(Stream.Null);
        Environment.Exit(ParentIsGone);
    })
    { IsBackground = true }.Start();

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it wrote; <see langword="null"/> where it failed.</returns>
    internal static string? Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }
}

using System.Diagnostics;
using Throughline.TestServers;

namespace Throughline.Server.Tests.Api;

/// <summary>Prometheus' own checks, where it is installed.</summary>
internal static class Promtool
{
    /// <summary>Fails where promtool does.</summary>
    public static void Check(IReadOnlyList<string> arguments, string? input)
    {
        if (Find() is not { } tool)
        {
            LeftOut.Say("promtool's checks of rules and metrics", "there is no promtool (Debian's package prometheus has it)");
            Assert.Skip("there is no promtool");
            return;
        }

        using var process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)), "promtool does not end");
        Assert.True(process.ExitCode == 0, $"{output.Result}\n{errors.Result}");
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "promtool"))
        .FirstOrDefault(File.Exists);
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Throughline.TestServers;

/// <summary>The command line as a user runs it: its own process, its own folder for temporary files.</summary>
public sealed partial class CliProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("throughline-cli-tests-");
    private readonly CliStream _output;
    private readonly CliStream _error;

    private CliProcess(string[] arguments)
    {
        var dotnet = Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : dotnet)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _temporary.FullName,
        };
        if (OperatingSystem.IsLinux())
        {
            // A test run in the background ignores Ctrl-C, and its children would inherit that.
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add(dotnet);
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "throughline.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["TMPDIR"] = _temporary.FullName;
        _process = Process.Start(start)!;
        _output = new CliStream(_process.StandardOutput);
        _error = new CliStream(_process.StandardError);
    }

    public string Output => _output.Text;

    public string Error => _error.Text;

    /// <summary>Files that the run left behind.</summary>
    public IEnumerable<string> Leftovers => _temporary.EnumerateFileSystemInfos().Select(it => it.Name);

    /// <summary>Processes that still work in the run's folder.</summary>
    public IEnumerable<string> LeftoverProcesses => Directory.EnumerateDirectories("/proc").Where(WorksInFolder);

    public static CliProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Runs to the end.</summary>
    public static async Task<(CliProcess Process, int ExitCode)> RunAsync(params string[] arguments)
    {
        var process = Start(arguments);
        return (process, await process.WaitForExitAsync());
    }

    public async Task<int> WaitForExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"throughline did not end in time; it said:\n{Error}", error);
        }

        await Task.WhenAll(_output.Ended, _error.Ended);
        return _process.ExitCode;
    }

    /// <summary>Waits until stderr has the text.</summary>
    public Task WaitForErrorAsync(string text) => _error.WaitForAsync(text, Patience);

    /// <summary>Waits until stdout has a line that begins so, and returns the rest of it.</summary>
    public async Task<string> WaitForOutputAsync(string beginning)
    {
        await _output.WaitForAsync("\n" + beginning, Patience);
        return Output.Split('\n').First(line => line.StartsWith(beginning, StringComparison.Ordinal))[beginning.Length..].Trim();
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _temporary.Delete(recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);

    private bool WorksInFolder(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget?
                .StartsWith(_temporary.FullName, StringComparison.Ordinal) == true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

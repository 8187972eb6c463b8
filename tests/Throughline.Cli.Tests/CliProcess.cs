using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Throughline.Cli.Tests;

/// <summary>The command line as a user runs it: its own process, its own folder for temporary files.</summary>
internal sealed partial class CliProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("throughline-cli-tests-");
    private readonly StringBuilder _error = new();
    private readonly Task<string> _output;
    private readonly Task _errorRead;
    private TaskCompletionSource _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
        _output = _process.StandardOutput.ReadToEndAsync();
        _errorRead = ReadErrorAsync();
    }

    public string Output => _output.Result;

    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

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

        await _errorRead;
        await _output;
        return _process.ExitCode;
    }

    /// <summary>Waits until stderr has the text.</summary>
    public async Task WaitForErrorAsync(string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!Error.Contains(text, StringComparison.Ordinal))
        {
            var line = Volatile.Read(ref _line).Task;
            if (!Error.Contains(text, StringComparison.Ordinal))
            {
                await line.WaitAsync(limit.Token);
            }
        }
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

    private async Task ReadErrorAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_error)
            {
                _error.AppendLine(line);
            }

            Interlocked.Exchange(ref _line, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }

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

using System.Diagnostics;
using System.Globalization;

namespace Throughline.Server.Kill;

/// <summary>A child process with the server in it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    /// <summary>A server that ended otherwise than by being killed has a fault, which must not pass for a kill.</summary>
    public void ThrowIfFailed()
    {
        const int Killed = 128 + 9;
        if (_process.HasExited && _process.ExitCode != Killed)
        {
            throw new InvalidOperationException($"The server ended with {_process.ExitCode}, and was not killed.");
        }
    }

    /// <summary>Starts one; null when it killed itself before it was ready.</summary>
    public static async Task<(ServerProcess Process, Uri? Address)> StartAsync(string folder, KillPoint point, int passes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(ServerChild.Command);
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(point.ToString());
        start.ArgumentList.Add(passes.ToString(CultureInfo.InvariantCulture));
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(StartMax);
        if (line is null)
        {
            await process.WaitForExitAsync().WaitAsync(StartMax);
            var text = await errors;
            return text.Length == 0
                ? (new ServerProcess(process), null)
                : throw new InvalidOperationException($"The server did not start: {text}");
        }

        return (new ServerProcess(process), new Uri(line));
    }

    public Task ExitedAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        Task.WhenAny(_process.WaitForExitAsync(cancellationToken), Task.Delay(atMost, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

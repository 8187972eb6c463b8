using System.Diagnostics;

namespace Throughline.TestServers.Internal;

/// <summary>
/// A shell script that keeps a server and watches its own standard input: when that closes, because it is disposed here or
/// because the test host ended in whatever way, the script ends the server.
/// </summary>
internal sealed class KeptProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly OutputLog _output = new();
    private readonly string _name;
    private int _disposed;

    private KeptProcess(Process process, string name)
    {
        _process = process;
        _name = name;
    }

    public OutputLog Output => _output;

    public static KeptProcess Start(string name, string script, IEnumerable<string> arguments)
    {
        // A session of its own: Ctrl-C in a terminal reaches the test host, and the script learns of it by its input.
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["bash", "-c", script, name, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var kept = new KeptProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, name);
        kept._process.OutputDataReceived += kept.Add;
        kept._process.ErrorDataReceived += kept.Add;
        kept._process.Exited += (_, _) => kept._output.Complete();
        kept._process.Start();
        kept._process.BeginOutputReadLine();
        kept._process.BeginErrorReadLine();
        return kept;
    }

    /// <summary>Waits for a line of output; fails, with all of it, when the program ends or the time is over before.</summary>
    public async Task<string> WaitForLineAsync(
        Func<string, bool> matches, TimeSpan timeout, CancellationToken cancellation = default)
    {
        try
        {
            return await _output.WaitForLineAsync(matches, cancellation).WaitAsync(timeout, cancellation)
                ?? throw new InvalidOperationException($"{_name} ended early. It wrote:\n{_output}");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{_name} was not ready within {timeout.TotalSeconds} s. It wrote:\n{_output}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopTimeout);
        }
        catch (TimeoutException e)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{_name} did not end within {StopTimeout.TotalSeconds} s. It wrote:\n{_output}", e);
        }
        finally
        {
            _process.Dispose();
        }
    }

    private void Add(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is not null)
        {
            _output.Add(e.Data);
        }
    }
}

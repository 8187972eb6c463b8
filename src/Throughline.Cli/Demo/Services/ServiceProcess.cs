using System.Diagnostics;
using System.Net;

namespace Throughline.Cli.Demo.Services;

/// <summary>One of the demo's services, running as a process of its own on a free loopback port.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    // The line in which ASP.NET Core says which port it was given.
    private const string ListeningMark = "Now listening on: ";
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly LogTail _log;
    private readonly Action<string>? _echo;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _exited;

    private ServiceProcess(string name, Process process, LogTail log, Action<string>? echo)
    {
        (Name, _process, _log, _echo) = (name, process, log, echo);
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _exited = process.WaitForExitAsync(CancellationToken.None);
    }

    public string Name { get; }

    /// <summary>Starts the program; <paramref name="echo"/> gets every line that it logs.</summary>
    public static ServiceProcess Start(ServiceDescription service, string folder, Action<string>? echo)
    {
        var start = new ProcessStartInfo(DotnetHost.Find())
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "samples", service.Assembly));
        foreach (var argument in service.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        ForgetTelemetrySettings(start.Environment);
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";

        // A .NET process that a signal ends in its first moments leaves its diagnostic pipes in the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";

        // They live for minutes: what a profile saves later, its counting costs now, while somebody waits for them.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in service.Environment)
        {
            start.Environment[name] = value;
        }

        var log = new LogTail(Path.Combine(folder, service.Name + ".log"));
        return new ServiceProcess(service.Name, new Process { StartInfo = start }, log, echo);
    }

    /// <summary>Waits until the service says that it is ready, and returns its address.</summary>
    public async Task<Uri> WaitUntilReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        await Task.WhenAny(_listening.Task, _exited).WaitAsync(cancellationToken);
        while (!_exited.IsCompleted)
        {
            var address = await _listening.Task;
            if (await IsReadyAsync(http, address, cancellationToken))
            {
                return address;
            }

            await Task.Delay(ProbePause, cancellationToken);
        }

        throw Died(null);
    }

    /// <summary>What to say when the service cannot be worked with.</summary>
    public CommandException Unusable(int exitCode, string what, Exception? cause) =>
        new(exitCode, $"{Name} {what}. The end of its log:", cause) { Evidence = _log.LastLines() };

    /// <summary>What to say when the process ended by itself.</summary>
    public CommandException Died(Exception? cause) =>
        Unusable(ExitCodes.Unreachable, _exited.IsCompleted ? $"ended with code {_process.ExitCode}" : "did not answer", cause);

    public async ValueTask DisposeAsync()
    {
        if (!_exited.IsCompleted && (!Termination.TryRequest(_process) || !await EndsWithinAsync(StopTimeout)))
        {
            _process.Kill(entireProcessTree: true);
            await _exited;
        }

        _process.Dispose();
        _log.Dispose();
    }

    /// <summary>The user's own OTEL_* and ASPNETCORE_* are meant for other programs: a sampler among them would break every trace.</summary>
    private static void ForgetTelemetrySettings(IDictionary<string, string?> environment)
    {
        string[] foreign = ["OTEL_", "ASPNETCORE_", "DOTNET_URLS", "DOTNET_ENVIRONMENT", "KAFKA_", "Kafka__", "ORDER_", "NOTIF", "SHOP_"];
        foreach (var name in environment.Keys.Where(it => foreign.Any(it.StartsWith)).ToArray())
        {
            environment.Remove(name);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> EndsWithinAsync(TimeSpan timeout)
    {
        try
        {
            await _exited.WaitAsync(timeout);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Add(line);
        _echo?.Invoke($"{Name}: {line}");
        var mark = line.IndexOf(ListeningMark, StringComparison.Ordinal);
        if (mark >= 0 && Uri.TryCreate(line[(mark + ListeningMark.Length)..].Trim(), UriKind.Absolute, out var address))
        {
            _listening.TrySetResult(address);
        }
    }
}

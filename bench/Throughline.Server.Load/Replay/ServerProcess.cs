using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Throughline.Server.Load.Replay;

/// <summary>The server in a process of its own, so that what it uses is not what the generator uses.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Command = "serve";

    private readonly Process _process;

    private ServerProcess(Process process, Uri otlp, Uri answers)
    {
        _process = process;
        Otlp = otlp;
        Answers = answers;
    }

    public Uri Otlp { get; }

    public Uri Answers { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What runs in the process: ends when its parent does.</summary>
    public static async Task RunAsync(string folder)
    {
        await using var server = await ThroughlineServer.StartAsync(
            new ThroughlineServerOptions { DataFolder = folder, Port = 0, OtlpGrpcPort = 0, OtlpHttpPort = 0 },
            NullLoggerFactory.Instance);
        Console.WriteLine(server.OtlpHttpAddress);
        Console.WriteLine(server.Address);
        await Console.In.ReadToEndAsync();
    }

    public static async Task<ServerProcess> StartAsync(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(folder);
        var process = Process.Start(start)!;
        var otlp = await process.StandardOutput.ReadLineAsync();
        var answers = await process.StandardOutput.ReadLineAsync();
        return otlp is not null && answers is not null
            ? new ServerProcess(process, new Uri(otlp), new Uri(answers))
            : throw new InvalidOperationException("The server did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

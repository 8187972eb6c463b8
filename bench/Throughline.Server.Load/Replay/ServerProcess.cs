using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Hosting;

namespace Throughline.Server.Load.Replay;

/// <summary>The server in a process of its own, so that what it uses is not what the generator uses.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Command = "serve";

    private static readonly TimeSpan RetainOften = TimeSpan.FromSeconds(5);

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
    /// <param name="folder">Its data.</param>
    /// <param name="kept">How long spans, and figures of a minute, are kept; null for as long as ever.</param>
    public static async Task RunAsync(string folder, TimeSpan? kept)
    {
        var options = new ThroughlineServerOptions { DataFolder = folder, Port = 0, OtlpGrpcPort = 0, OtlpHttpPort = 0 };
        var seams = new ServerSeams();
        if (kept is { } time)
        {
            (options.SpansKept, options.MinutesKept) = (time, time);
            seams = seams with { Pipeline = seams.Pipeline with { RetainEvery = RetainOften } };
        }

        await using var server = await ThroughlineServer.StartAsync(options, seams, NullLoggerFactory.Instance, CancellationToken.None);
        Console.WriteLine(server.OtlpHttpAddress);
        Console.WriteLine(server.Address);
        await Console.In.ReadToEndAsync();
    }

    public static async Task<ServerProcess> StartAsync(string folder, TimeSpan? kept = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(folder);
        if (kept is { } time)
        {
            start.ArgumentList.Add(time.ToString("c", CultureInfo.InvariantCulture));
        }

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

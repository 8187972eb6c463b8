using Throughline.Dashboard;
using Throughline.Server;

namespace Throughline.Cli.Demo.Answers;

/// <summary>The server of a run: it gets everything that the services tell, answers, and shows it.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    // Everything is on one machine, and somebody waits for it.
    private static readonly TimeSpan SettleAfter = TimeSpan.FromMilliseconds(500);

    // A parent whose slow child was told of first comes seconds later.
    private static readonly TimeSpan OrphanAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SettledMax = TimeSpan.FromSeconds(30);
    private const long StoreSizeMax = 1L << 30;

    private readonly TemporaryFolder _folder;
    private readonly ThroughlineServer _server;

    private DemoServer(TemporaryFolder folder, ThroughlineServer server) => (_folder, _server) = (folder, server);

    /// <summary>Where it answers, and shows its pages.</summary>
    public Uri Address => _server.Address;

    /// <summary>Where it takes OTLP over HTTP.</summary>
    public Uri OtlpAddress => _server.OtlpHttpAddress;

    /// <summary>For how long nobody has asked it for anything.</summary>
    public TimeSpan IdleTime => _server.IdleTime;

    /// <param name="port">Where it answers; null for the usual port if it is free, else any that is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">The port is taken.</exception>
    public static async Task<DemoServer> StartAsync(int? port, CancellationToken cancellationToken)
    {
        try
        {
            return await ListenAsync(port ?? new ThroughlineServerOptions().Port, cancellationToken);
        }
        catch (IOException) when (port is null)
        {
            return await ListenAsync(0, cancellationToken);
        }
        catch (IOException error)
        {
            throw new CommandException(ExitCodes.Unreachable, error.Message, error);
        }
    }

    /// <summary>Waits until everything that was taken is in the answers; false if that takes too long.</summary>
    public async Task<bool> TrySettleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.WaitUntilSettledAsync(SettledMax, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<DemoServer> ListenAsync(int port, CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder();
        try
        {
            var options = new ThroughlineServerOptions
            {
                DataFolder = folder.Path,
                Port = port,
                OtlpGrpcPort = 0,
                OtlpHttpPort = 0,
                SettleAfter = SettleAfter,
                OrphanAfter = OrphanAfter,
                StoreSizeMax = StoreSizeMax,
            };
            return new DemoServer(folder, await ThroughlineServer.StartAsync(options, new DashboardPages(), cancellationToken: cancellationToken));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}

using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Api.Metrics;
using Throughline.Server.Internal.Hosting;
using Throughline.Server.Internal.Pipeline;
using Throughline.Server.Internal.Receive;

namespace Throughline.Server;

/// <summary>A server in this process: takes OpenTelemetry data, keeps it, and answers.</summary>
public sealed class ThroughlineServer : IAsyncDisposable
{
    private readonly WebApplication _receiving;
    private readonly WebApplication _answering;
    private readonly QueryGate _gate;
    private readonly RequestClock _requests;

    private ThroughlineServer(
        string dataFolder, PipelineHost host, WebApplication receiving, WebApplication answering, QueryGate gate, RequestClock requests)
    {
        _requests = requests;
        DataFolder = dataFolder;
        Host = host;
        _receiving = receiving;
        _answering = answering;
        _gate = gate;
        var receivers = WebHost.Addresses(receiving);
        (OtlpGrpcAddress, OtlpHttpAddress) = (receivers[0], receivers[1]);
        Address = WebHost.Addresses(answering)[0];
    }

    /// <summary>Where it answers: API and dashboard.</summary>
    public Uri Address { get; }

    /// <summary>Where it takes OTLP over gRPC.</summary>
    public Uri OtlpGrpcAddress { get; }

    /// <summary>Where it takes OTLP over HTTP, and Zipkin's spans.</summary>
    public Uri OtlpHttpAddress { get; }

    /// <summary>Where it keeps everything.</summary>
    public string DataFolder { get; }

    /// <summary>For how long nobody has asked it for anything; zero while somebody is being answered.</summary>
    public TimeSpan IdleTime => _requests.IdleTime;

    internal PipelineHost Host { get; }

    /// <summary>Opens what is kept, reads what the log has since the last checkpoint, and listens.</summary>
    /// <param name="options">What to listen on, keep and allow.</param>
    /// <param name="pages">What people see at <see cref="Address"/>; null for answers alone.</param>
    /// <param name="loggers">Gets what goes wrong; null for nobody.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ServerSettingsException">The options do not go together.</exception>
    /// <exception cref="IOException">A port or the data folder is in use, or cannot be used.</exception>
    /// <exception cref="InvalidDataException">A later version of the server wrote what is in the data folder.</exception>
    public static Task<ThroughlineServer> StartAsync(
        ThroughlineServerOptions options,
        ServerPages? pages = null,
        ILoggerFactory? loggers = null,
        CancellationToken cancellationToken = default) =>
        StartAsync(options, new ServerSeams { Pages = pages }, loggers ?? NullLoggerFactory.Instance, cancellationToken);

    internal static async Task<ThroughlineServer> StartAsync(
        ThroughlineServerOptions options, ServerSeams seams, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var parts = new ServerParts(options, seams, loggers);
        var address = parts.Address();
        var certificate = parts.Certificate();
        var access = parts.Access(address);

        // 1. What is kept. Nothing listens before it is open.
        var host = await PipelineHost.OpenAsync(
            parts.Pipeline(), seams.Files, seams.Time, loggers.CreateLogger<PipelineHost>()).ConfigureAwait(false);
        var gate = new QueryGate(parts.Queries(), seams.Time);
        var requests = new RequestClock(seams.Time);
        WebApplication? receiving = null, answering = null;
        try
        {
            // 2. Answers, so that whoever watches sees the recovery.
            var receiver = new Receiver(host.Ingest, parts.Receiving(), seams.Time, loggers.CreateLogger<Receiver>());
            var services = new ApiServices(host.Store, host.UnsettledAsync, host.Answers, seams.Time, options.QueryTimeMax);
            var metrics = parts.Metrics(host, receiver.Counts, gate.Counts);
            var sessions = new ReadSessions(access, options.ReadKey, seams.Time);
            answering = WebHost.Build(
                address, [(options.Port, HttpProtocols.Http1)], certificate, parts.Queries().QueryBodyBytesMax, loggers,
                app =>
                {
                    requests.Use(app);
                    new AccessGuard(access, AccessSide.Read, sessions, seams.Pages).Use(app);
                    new QueryEndpoints(services, gate, parts.Queries()).Map(app);
                    new MetricsEndpoint(metrics, gate).Map(app);
                    HealthEndpoints.Map(app, host.Health);
                    seams.Pages?.Map(app, new PageServices
                    {
                        Api = services,
                        Metrics = metrics,
                        Gate = gate,
                        Sessions = sessions,
                        Options = options,
                        Receivers = () => Listening(receiving),
                    });
                },
                additions => seams.Pages?.AddServices(additions));
            await answering.StartAsync(cancellationToken).ConfigureAwait(false);

            // 3. Receivers.
            receiving = WebHost.Build(
                address,
                [(options.OtlpGrpcPort, HttpProtocols.Http2), (options.OtlpHttpPort, HttpProtocols.Http1)],
                certificate, options.RequestSizeMax, loggers,
                app =>
                {
                    new AccessGuard(access, AccessSide.Ingest).Use(app);
                    app.MapOtlpGrpc(receiver);
                    app.MapOtlpHttp(receiver);
                });
            await receiving.StartAsync(cancellationToken).ConfigureAwait(false);
            return new ThroughlineServer(options.DataFolder, host, receiving, answering, gate, requests);
        }
        catch (Exception exception)
        {
            await StopAsync(receiving).ConfigureAwait(false);
            await StopAsync(answering).ConfigureAwait(false);
            gate.Dispose();
            await host.DisposeAsync().ConfigureAwait(false);
            if (exception is SocketException)
            {
                throw new IOException($"The server cannot listen on {options.Address}: {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <summary>
    /// Ends when all that was acknowledged is settled, stored and in the answers: for whoever asks about spans that are all
    /// there. On a server that goes on receiving it may never be.
    /// </summary>
    /// <exception cref="OperationCanceledException">That took longer than <paramref name="atMost"/>, or was given up.</exception>
    public Task WaitUntilSettledAsync(TimeSpan atMost, CancellationToken cancellationToken = default) =>
        Host.SettledAsync(atMost, cancellationToken);

    /// <summary>
    /// Takes it that nothing more comes for what was acknowledged: settles it without waiting, decides what its orphans are,
    /// and ends when all of it is in the answers.
    /// </summary>
    /// <exception cref="OperationCanceledException">That took longer than <paramref name="atMost"/>, or was given up.</exception>
    public Task SettleAsync(TimeSpan atMost, CancellationToken cancellationToken = default) =>
        Host.SettleAsync(atMost, cancellationToken);

    /// <summary>Takes no more, writes what was let in, checkpoints, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(_receiving).ConfigureAwait(false);
        await StopAsync(_answering).ConfigureAwait(false);
        _gate.Dispose();
        await Host.DisposeAsync().ConfigureAwait(false);
    }

    private static (Uri Grpc, Uri Http)? Listening(WebApplication? receiving) =>
        receiving is not null && WebHost.Addresses(receiving) is [var grpc, var http] ? (grpc, http) : null;

    private static async ValueTask StopAsync(WebApplication? app)
    {
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            await app.DisposeAsync().ConfigureAwait(false);
        }
    }
}

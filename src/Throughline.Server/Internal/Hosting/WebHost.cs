using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Throughline.Server.Internal.Hosting;

/// <summary>A Kestrel that does what it is told: no configuration files of its own, no signals, no environment.</summary>
internal static class WebHost
{
    /// <param name="address">The address of all listeners.</param>
    /// <param name="listeners">Their ports and protocols.</param>
    /// <param name="certificate">For TLS; null for plain HTTP.</param>
    /// <param name="requestSizeMax">Bytes of a request's body on the wire.</param>
    /// <param name="loggerFactory">Gets Kestrel's warnings.</param>
    /// <param name="map">Adds the endpoints.</param>
    /// <param name="addServices">Adds what the endpoints are given.</param>
    public static WebApplication Build(
        IPAddress address,
        IReadOnlyList<(int Port, HttpProtocols Protocols)> listeners,
        X509Certificate2? certificate,
        long requestSizeMax,
        ILoggerFactory loggerFactory,
        Action<WebApplication> map,
        Action<IServiceCollection>? addServices = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = requestSizeMax;
            foreach (var (port, protocols) in listeners)
            {
                kestrel.Listen(address, port, listener =>
                {
                    listener.Protocols = protocols;
                    if (certificate is not null)
                    {
                        listener.UseHttps(certificate);
                    }
                });
            }
        });
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        addServices?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        return app;
    }

    /// <summary>Where it listens, in the order of its listeners.</summary>
    public static IReadOnlyList<Uri> Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    /// <summary>Signals are the command line's business.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

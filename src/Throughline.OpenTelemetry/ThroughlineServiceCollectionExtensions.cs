using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Throughline.OpenTelemetry;
using Throughline.OpenTelemetry.Internal.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Telemetry for a host.</summary>
public static class ThroughlineServiceCollectionExtensions
{
    /// <summary>
    /// The OpenTelemetry SDK set up from OTEL_* for as long as the host runs. Variables are read through the host's
    /// configuration where it has one, so appsettings.json can hold defaults for them; warnings go to the host's log.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">What the program adds; null for nothing. Of several calls each adds its own.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddThroughlineTelemetry(
        this IServiceCollection services,
        Action<ThroughlineSdkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.AddSingleton(new TelemetryConfiguration(configure));
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TelemetryHostedService>(provider =>
        {
            var options = new ThroughlineSdkOptions();
            if (provider.GetService<IConfiguration>() is { } variables)
            {
                options.Environment = name => variables[name] ?? Environment.GetEnvironmentVariable(name);
            }

            if (provider.GetService<ILoggerFactory>() is { } loggers)
            {
                options.Warn = HostWarnings.To(loggers);
            }

            foreach (var configuration in provider.GetServices<TelemetryConfiguration>())
            {
                configuration.Apply(options);
            }

            return new TelemetryHostedService(options);
        }));
        return services;
    }
}

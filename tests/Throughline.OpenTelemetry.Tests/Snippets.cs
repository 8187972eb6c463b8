using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Throughline.OpenTelemetry.Tests;

/// <summary>The README's code, compiled here; <see cref="ReadmeTests"/> holds the two together.</summary>
internal static class Snippets
{
    public static void Program()
    {
        #region program
        using var telemetry = ThroughlineSdk.Start(options =>
        {
            options.DefaultServiceName = "orders";
            options.AddSource("Orders");
        });
        #endregion
    }

    public static void Host(string[] args)
    {
        #region host
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddThroughlineTelemetry(options => options.AddSource("Microsoft.AspNetCore", "Orders"));
        #endregion
    }

    public static void OwnProviders()
    {
        #region own providers
        using var traces = Sdk.CreateTracerProviderBuilder().AddThroughline().AddOtlpExporter().Build();
        using var metrics = Sdk.CreateMeterProviderBuilder().AddThroughline().AddOtlpExporter().Build();
        #endregion
    }

    public static void Strict(IReadOnlyDictionary<string, string> variables)
    {
        #region strict
        using var telemetry = ThroughlineSdk.Start(options =>
        {
            options.Strict = true;                                  // a wrong variable stops the program
            options.Warn = line => Trace.TraceWarning(line);        // else warnings go to stderr
            options.UseEnvironment(variables);                      // else the process's environment
            options.ShutdownTimeout = TimeSpan.FromSeconds(2);      // else 5 s
            options.ResourceAttributes["deployment.environment.name"] = "staging";
            options.ConfigureTracing(tracing => tracing.SetSampler(new AlwaysOnSampler()));
        });
        #endregion
    }
}

using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using ShopServices.Auditing;
using ShopServices.Billing;

namespace ShopServices;

/// <summary>Puts a service together.</summary>
internal static class ShopHost
{
    public static WebApplication Build(string[] args, ShopSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders().AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        builder.Services.AddSingleton(settings);
        builder.Services.AddThroughlineTelemetry(sdk =>
        {
            sdk.DefaultServiceName = settings.Role.ToString().ToLowerInvariant();
            sdk.AddSource(BillingTelemetry.Source.Name, AuditTelemetry.Source.Name);
        });
        if (settings.Role == Role.Billing)
        {
            BillingService.AddTo(builder.Services, settings);
        }
        else
        {
            AuditService.AddTo(builder.Services);
        }

        var app = builder.Build();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        return app;
    }
}

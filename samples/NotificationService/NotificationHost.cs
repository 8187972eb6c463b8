using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace NotificationService;

/// <summary>Puts the service together.</summary>
internal static class NotificationHost
{
    // Three attempts fit into the 30 s that a host has for stopping.
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(8);

    public static WebApplication Build(string[] args, NotificationSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders().AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        builder.Services.AddThroughlineTelemetry(sdk =>
        {
            sdk.DefaultServiceName = "notification-service";
            sdk.AddSource(NotificationTelemetry.Source.Name, "System.Net.Http");
        });
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(Channel(settings));
        builder.Services.AddSingleton<OrderEventHandler>();
        builder.Services.AddSingleton<ConsumerReadiness>();
        builder.Services.AddSingleton<OrderConsumer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OrderConsumer>());
        builder.Services.AddHealthChecks().AddCheck<ConsumerReadiness>("kafka");

        var app = builder.Build();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        return app;
    }

    private static INotificationChannel Channel(NotificationSettings settings) => settings.NotifyUrl is { } url
        ? new WebhookChannel(new HttpClient { Timeout = WebhookTimeout }, url)
        : new FileChannel(settings.NotifyFile);
}

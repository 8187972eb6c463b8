using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace OrderService;

/// <summary>Puts the service together.</summary>
internal static class OrderHost
{
    private const int RequestBytesMax = 64 * 1024;

    public static WebApplication Build(string[] args, OrderSettings settings)
    {
        // .NET 10 leaves the method and the path off the request's span unless told otherwise.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBytesMax);
        builder.Logging.ClearProviders().AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        builder.Services.ConfigureHttpJsonOptions(
            json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, OrderJson.Default));
        builder.Services.AddProblemDetails();
        builder.Services.AddHealthChecks().AddCheck<KafkaHealthCheck>("kafka");

        // Hosted services stop in reverse order: the web server first, then the producer, whose last spans telemetry sends.
        builder.Services.AddThroughlineTelemetry(sdk =>
        {
            sdk.DefaultServiceName = "order-service";
            sdk.AddSource(OrderTelemetry.Source.Name, "Microsoft.AspNetCore");
        });
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<OrderStore>();
        builder.Services.AddSingleton<OrderEvents>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OrderEvents>());
        builder.Services.AddHostedService<OutboxRelay>();
        builder.Services.AddSingleton<OrderEndpoints>();

        var app = builder.Build();
        app.Use(RequestSpan.CompleteAsync);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Services.GetRequiredService<OrderEndpoints>().Map(app);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        return app;
    }
}
